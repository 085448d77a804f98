"""Which advertisements belong to which role: titles first, and the text where a title is too general.

An advertisement belongs to every role to which such a person would apply, so one may serve several roles.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from milepost.market.ads import Ad

_AI = r"(?:\bAI\b|artificial intelligence|\bgen ?ai\b|generative|\bLLMs?\b|machine learning|\bML\b|deep learning|agentic|NLP|ML/AI|AI/ML)"
_APPLIED = r"(?:\bAI\b|artificial intelligence|\bgen ?ai\b|generative|\bLLMs?\b|agentic)"
_ML = r"(?:machine learning|\bML\b|deep learning|neural)"
_WORK = r"(?:engineer|developer|\bSWE\b|technical staff|\bMTS\b|programmer|architect)"
_MIDDLE = r"(?:senior|\bsr\b|staff|principal|\blead\b|leader|\bhead\b|director|manager|distinguished|\bvp\b|vice president|chief|\biii\b|\biv\b|\bavp\b)"
_SENIOR = r"(?:senior|\bsr\b|staff|principal|distinguished|founding|\biii\b|\biv\b)"
_LEADS = (
    r"(?:\blead\b|leader|\bhead of\b|\bhead\b|manager|director|principal|\bvp\b|vice president|chief|\bcto\b)"
)
_LEARNS = r"(?:\bintern(?:ship|s)?\b|working student|apprentice|fellow|\bsummer 20|trainee|\bPhD\b)"
_SELLS = r"(?:sales|solutions?\b|forward|deployed|pre-?sales|customer|account|marketing|recruit|design engineer|strategist)"
_OTHER_CRAFT = (
    r"(?:\bQA\b|\btest|quality|hardware|firmware|frontend|front-end|front end|\bUI\b|\biOS\b|android|mobile|full[ -]?stack|"
    r"data engineer|research|scientist|mechanical|electrical|security|network|\bjava\b|\.net\b|\bC#|ruby|php|rails|"
    r"salesforce|analyst|product manager|program|project manager|manufactur|silicon|asic|verification)"
)
_OPERATES = r"(?:infra\w*|platform|\bsystems?\b|cluster|\bHPC\b|distributed|inference|serving|\bGPU|training|performance|reliability|\bSRE\b|devops|cloud|compute|scale engineer)"
_JUNIOR = r"(?:junior|\bjr\b|graduate|\bgrad\b|entry|associate|early career|engineer i\b|engineer 1\b)"
_FRONT = (
    r"(?:frontend|front-end|full[ -]?stack|\bUI\b|\bQA\b|\btest|\bdata platform|product manager|marketing)"
)
_EARLY_LEVELS = frozenset({"Entry level", "Mid level", "Associate"})


def _words(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for folded text, three times as fast as patterns that ignore case."""
    return tuple(re.compile(pattern.casefold()) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Clause:
    """One way into a role: every ``title`` pattern in one title, none of ``without``; every ``about`` and at least
    ``fewest`` of the ``text`` patterns in the text. ``levels`` are words of the source for seniority; empty accepts all.
    """

    title: tuple[re.Pattern[str], ...]
    without: tuple[re.Pattern[str], ...] = ()
    text: tuple[re.Pattern[str], ...] = ()
    fewest: int = 1
    about: tuple[re.Pattern[str], ...] = ()
    levels: frozenset[str] = frozenset()

    def holds(self, ad: Ad) -> bool:
        """Whether an advertisement, or one of the openings in its title, fits."""
        if self.levels and ad.level not in self.levels:
            return False
        if not any(self._names(title) for title in ad.title.casefold().split(" | ")):
            return False
        text = ad.text.casefold() if self.text or self.about else ""
        return all(word.search(text) for word in self.about) and (
            not self.text or sum(bool(word.search(text)) for word in self.text) >= self.fewest
        )

    def _names(self, title: str) -> bool:
        return all(word.search(title) for word in self.title) and not any(
            word.search(title) for word in self.without
        )


@dataclass(frozen=True, slots=True)
class RoleRule:
    """The clauses of one role, and the sentence in which users are told."""

    role: str
    said: str
    clauses: tuple[Clause, ...]

    def choose(self, ads: Iterable[Ad]) -> tuple[Ad, ...]:
        """The advertisements of the role."""
        return tuple(ad for ad in ads if any(clause.holds(ad) for clause in self.clauses))


_ENGINEERS = _words(_LEARNS, _SELLS, _OTHER_CRAFT)
_INFERENCE = _words(
    r"\bvLLM\b", r"TensorRT", r"SGLang", r"CUDA|\bTriton\b", r"inference (?:optimi|engine|performance|latency|stack|server)|"
    r"(?:model|LLM) (?:inference|serving)", r"quanti[sz]ation", r"KV[ -]?cache|speculative decoding|continuous batching",
    r"\bGPUs?\b.{0,80}(?:optimi|kernel|utili[sz]|profil|performance)",
)  # fmt: skip
_VISION = _words(
    r"object detection|detection and tracking", r"segmentation", r"OpenCV", r"point clouds?|lidar|SLAM|3D (?:vision|reconstruction)",
    r"\bYOLO", r"image (?:processing|classification|recognition|generation)", r"\bvideo (?:understanding|analy|process|model)",
    r"vision (?:transformer|models?|language|foundation|systems?)|\bViT\b|\bVLMs?\b", r"camera|perception",
)  # fmt: skip
_RANKING = _words(
    r"recommend(?:er|ation) (?:systems?|engines?|models?|algorithms?)|recommenders?\b", r"learning[ -]to[ -]rank|\branking\b|re-?rank",
    r"information retrieval|search relevance|relevance", r"personali[sz]ation", r"A/B test|online experiment",
    r"two-tower|candidate (?:generation|retrieval)|collaborative filtering", r"Elasticsearch|OpenSearch|Solr|Lucene",
)  # fmt: skip
_EVALUATION = _words(
    r"\bevals\b|evaluation (?:framework|pipeline|suite|harness|method|set|dataset|infrastructure)s?", r"red[ -]team",
    r"hallucination", r"LLM[ -]as[ -](?:a[ -])?judge|human evaluation|human[ -]in[ -]the[ -]loop", r"\bbenchmark", r"\brubrics?\b",
    r"responsible AI|AI safety|AI governance|model risk", r"model evaluation|LLM evaluation|agent evaluation|evaluate (?:model|LLM|agent|AI)",
    r"\bbias\b.{0,60}\bfairness|fairness", r"Ragas|DeepEval|LangSmith|Langfuse|Braintrust|promptfoo",
)  # fmt: skip
_SCIENCE = _words(
    r"\bPh\.?D", r"publications?|published|peer-reviewed|NeurIPS|ICML|ICLR|conferences?", r"statistic", r"causal",
    r"A/B test|experimental design|experimentation", r"research (?:background|experience)|state[ -]of[ -]the[ -]art|novel",
)  # fmt: skip

RULES: tuple[RoleRule, ...] = (
    RoleRule(
        "junior-ml-engineer",
        "AI and ML engineering titles that say junior, graduate, entry or associate, or that the source grades entry or mid "
        "level and that name no seniority; no internships.",
        (
            Clause(_words(_AI, _WORK, _JUNIOR), _words(_MIDDLE, r"founding|\binternship\b|\bintern\b", _SELLS)),
            Clause(_words(_AI, _WORK), (*_words(_MIDDLE, "founding|content"), *_ENGINEERS), levels=_EARLY_LEVELS),
        ),
    ),
    RoleRule(
        "ml-engineer",
        "Machine learning, ML, AI/ML and deep learning engineer titles without a word of seniority.",
        (Clause(_words(_ML, _WORK), (*_words(_MIDDLE, _JUNIOR), *_ENGINEERS)),),
    ),
    RoleRule(
        "senior-ml-engineer",
        "Machine learning, ML, AI/ML and deep learning engineer titles with senior, staff, principal or founding.",
        (Clause(_words(_ML, _WORK, _SENIOR), (*_words(r"manager|director|\bhead\b"), *_ENGINEERS)),),
    ),
    RoleRule(
        "ai-engineer",
        "AI, applied AI, GenAI and LLM engineer or developer titles without a word of seniority.",
        (Clause(_words(_APPLIED, _WORK), (*_words(_MIDDLE, r"infra|inference|serving|\bops\b|mlops|\bGPU"), *_ENGINEERS)),),
    ),
    RoleRule(
        "senior-ai-engineer",
        "AI, applied AI, GenAI and LLM engineer or developer titles with senior, staff, principal or founding.",
        (
            Clause(
                _words(_APPLIED, _WORK, _SENIOR),
                (*_words(r"manager|director|\bhead\b|infra|inference|serving|\bops\b|mlops|\bGPU"), *_ENGINEERS),
            ),
        ),
    ),
    RoleRule(
        "ml-infrastructure-engineer",
        "AI or ML titles that name infrastructure, platform, training, GPU, inference, serving, performance or reliability, and "
        "infrastructure titles whose text asks for GPU, training or model serving work.",
        (
            Clause(_words(_AI, _OPERATES, r"engineer|\bSWE\b|staff"), _words(_LEARNS, _SELLS, _FRONT, "product engineer|analyst|support|security")),
            Clause(
                _words(r"infra\w*|platform engineer|distributed systems|\bHPC\b|\bGPU", r"engineer|\bSWE\b|staff"),
                _words(_LEARNS, _SELLS, _FRONT),
                _words(r"\bGPUs?\b", r"model (?:training|serving|inference)|training (?:infra|cluster|job)", r"\bML (?:infra|platform|systems)", r"distributed training|CUDA|PyTorch|vLLM|Ray\b"),
                2,
            ),
        ),
    ),
    RoleRule(
        "mlops-engineer",
        "MLOps, ML/AI operations and ML platform titles, and AI or ML engineer titles whose text asks for MLOps by at least two "
        "of its tools or duties.",
        (
            Clause(_words(r"ml ?-?ops|llm ?ops|\b(?:AI|ML) ops|(?:machine learning|AI|ML) operations|\bML platform|machine learning platform"), _words(_LEARNS, _SELLS, _FRONT)),
            Clause(
                _words(_AI, _WORK),
                (*_words(r"manager|director|\bhead\b"), *_ENGINEERS),
                _words(r"\bML ?Ops\b", r"MLflow|Weights & Biases", r"Kubeflow|SageMaker Pipelines|Vertex AI Pipelines|Airflow", r"model (?:registry|monitoring|versioning)|drift"),
                3,
            ),
        ),
    ),
    RoleRule(
        "llm-inference-engineer",
        "Titles on inference, serving, kernels or model performance, and AI, ML or infrastructure titles whose text asks for at "
        "least two parts of inference work such as vLLM, TensorRT, CUDA or quantisation.",
        (
            Clause(_words(r"inference|model serving|\bserving\b|\bkernels?\b|GPU (?:performance|software)|CUDA|performance engineer", r"engineer|staff|scientist|\bSWE\b"), _words(_LEARNS, _FRONT), _words(_AI, r"\bGPU")),
            Clause(_words(rf"{_AI}|{_OPERATES}", r"engineer|staff|scientist|\bSWE\b"), _words(_LEARNS, _SELLS, _FRONT), _INFERENCE, 2),
        ),
    ),
    RoleRule(
        "ml-data-engineer",
        "Data engineer, data platform and data infrastructure titles whose title or text speaks of AI or machine learning.",
        (
            Clause(
                _words(r"data[ /&-]*(?:and |& )?(?:AI |ML )?(?:engineer|platform|infra|pipeline)|AI/data|data/AI|data engineering|analytics engineer"),
                _words(_LEARNS, _SELLS, r"frontend|front-end|product manager|scientist/"),
                _words(_AI),
            ),
        ),
    ),
    RoleRule(
        "research-engineer",
        "Research engineer titles in AI or ML, research engineer or scientist titles, and members of technical staff in research.",
        (
            Clause(_words(r"research", r"engineer|technical staff", rf"{_AI}|research engineer|research scientist"), _words(r"\binternship\b|\bintern\b|manager", _SELLS, r"user research|ventures|workflows"), _words(_AI)),
        ),
    ),
    RoleRule(
        "applied-scientist",
        "Applied, research, AI and machine learning scientist titles, and AI or ML research and senior ML engineer titles whose text "
        "asks for at least three signs of science such as a doctorate, publications, statistics or experiments.",
        (
            Clause(_words(r"(?:applied|research|AI|ML|machine learning|decision|staff) (?:\w+ )?scientist|applied research"), _words(r"\binternship\b|\bintern\b"), _words(_AI)),
            Clause(_words(rf"{_ML}|research", r"engineer|scientist"), _words(_LEARNS, _SELLS, r"\bQA\b|\btest|frontend|full[ -]?stack"), _SCIENCE, 3),
        ),
    ),
    RoleRule(
        "computer-vision-engineer",
        "Computer vision and perception titles, and AI, ML or robotics titles whose text asks for computer vision with at least two "
        "of its tasks or tools.",
        (
            Clause(_words(r"computer vision|\bvision\b|perception|\bCV\b", r"engineer|scientist|develop|research|staff"), _words(_LEARNS, _SELLS), _words(r"vision|perception|image")),
            Clause(_words(rf"{_AI}|robot|research|autonom|3D", r"engineer|scientist|develop|staff"), _words(_LEARNS, _SELLS, _FRONT), _VISION, 2, _words(r"computer vision|machine vision|\bCV\b.{0,20}model")),
        ),
    ),
    RoleRule(
        "search-ranking-engineer",
        "Search, ranking, recommendation, relevance, personalisation and retrieval titles in engineering, and ML titles whose text "
        "asks for at least two parts of ranking work.",
        (
            Clause(_words(r"\bsearch\b|ranking|recommend|relevance|personali[sz]ation|retrieval|\bads\b|discovery", r"engineer|scientist|develop|\bSWE\b|staff"), _words(_LEARNS, _SELLS, r"frontend|front-end|\biOS\b|android|mobile|full[ -]?stack|\bQA\b|research"), _words(_AI)),
            Clause(_words(_ML, r"engineer|scientist"), _words(_LEARNS, _SELLS, _FRONT), _RANKING, 2),
        ),
    ),
    RoleRule(
        "ai-engineering-lead",
        "Titles in AI or ML with lead, head, manager, director, principal or vice president; no product, project or sales management.",
        (
            Clause(
                _words(_AI, _LEADS, rf"{_WORK}|engineering|technical|technology|\btech\b|\bhead of\b|director"),
                _words(_LEARNS, _SELLS, r"product manager|product management|relations|program|project|\bQA\b|\btest|quality|hardware|frontend|\bUI\b|\biOS\b|\bjava\b|\.net|\bC#"),
            ),
        ),
    ),
    RoleRule(
        "data-scientist",
        "Data scientist, decision scientist and data science titles of any seniority.",
        (Clause(_words(r"data scientist|decision scientist|data science"), _words(r"\binternship\b|\bintern\b|software|full stack|value engineer")),),
    ),
    RoleRule(
        "ai-evaluation-engineer",
        "AI titles on evaluation, quality, safety, red teaming or trust, and AI, ML or research titles whose text asks for at least "
        "four parts of evaluation work.",
        (
            Clause(_words(rf"{_AI}|research|agent", r"evaluation|\bevals?\b|quality|safety|red team|responsible|trust|alignment|governance|\bQA\b|robustness|safeguards"), _words(_LEARNS, _SELLS, r"\biOS\b|android|frontend|manual"), _EVALUATION, 1),
            Clause(_words(rf"{_AI}|research|agent", r"engineer|scientist|develop|staff"), _words(_LEARNS, _SELLS, _FRONT), _EVALUATION, 4),
        ),
    ),
    RoleRule(
        "ai-agent-engineer",
        "Engineering titles that name agents or agentic AI.",
        (Clause(_words(r"\bagents?\b|agentic", r"engineer|develop|staff|architect|\bSWE\b"), _words(_LEARNS, r"\bQA\b|\btest|sales|\bUI\b|product manager|support agent|scientist"), _words(_AI)),),
    ),
    RoleRule(
        "ai-solutions-engineer",
        "Solutions, forward-deployed, customer, deployment, implementation and pre-sales engineer titles in AI.",
        (
            Clause(_words(_AI, r"solutions?\b|forward|deployed|\bFDE\b|customer|deployment|pre-?sales|sales|implementation|consult|field|integration", r"engineer|develop|architect|consult|strategist"), _words(_LEARNS, r"network|manager|salesforce|site reliability")),
            Clause(_words(r"solutions? (?:engineer|architect)|forward[ -]deployed|sales engineer|implementation engineer|customer engineer|deployment engineer"), _words(_LEARNS), _words(r"\bLLMs?\b|\bAI\b.{0,200}(?:product|platform|agents?)|machine learning")),
        ),
    ),
)  # fmt: skip
"""Every role of the catalogue with its rule."""


def roles_of(ad: Ad) -> tuple[str, ...]:
    """Every role that an advertisement belongs to, in the order of the rules.

    >>> roles_of(Ad("1", "Senior ML Engineer", "", "", "", ""))
    ('senior-ml-engineer',)
    """
    return tuple(rule.role for rule in RULES if any(clause.holds(ad) for clause in rule.clauses))
