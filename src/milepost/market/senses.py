"""Whether an ambiguous surface form means the skill: rules R2 and R3 of method-market 1.5.

A form is LISTED when an unambiguous technology stands within 60 characters on the same line and a list
delimiter or joining word stands beside the form. Forms with cues of their own have a row in ``SENSES``;
every other ambiguous form has to be LISTED.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from milepost.market.lexicon import Hit

LIST_WITHIN = 60
"""Characters to each side within which a neighbour makes a list."""
NAMES_BEFORE = 70
"""Characters before a name within which a list of customers or investors opens."""

_JOINED = 8
"""Characters before a form within which a joining word or delimiter stands."""
_BEFORE = re.compile(
    r"(?:[,/|;(&+:•·]|\b(?:and|or|with|in|using|like|e\.g\.|know|use|uses|via|on|for)) *[\"'“]?\Z"
)
_AFTER = re.compile(r"\A[\"'”]? *(?:[,/|;)&+•·]|(?:and|or|with)\b)")
_BEFORE_ORGANISATION = ("At ", "About ", "Join ", "Joining ", "ex-")
_ORGANISATION = re.compile(r"\b(?:At |About |Join |Joining |ex-)\Z")
NAMES_CUES = (
    *(
        "investor",
        "investors",
        "backed by",
        "customer",
        "customers",
        "client",
        "clients",
        "partner",
        "partners",
    ),
    *("companies", "founders from", "alumni", "engineers from", "people from"),
)
"""Words of which one stands before every list of names that rule R3 c drops."""
_NAMES = re.compile(
    r"(?<![\w#+@])(?i:investors?|backed by|customers?|clients?|partners?|companies|founders from|alumni|(?:engineers|people) from)(?![\w+#])"
    r"(?:,?\s+(?:such as|including|include|like|are|from|of|at|with|led by|and))*[\s:(]+"
    r"(?:[A-Z][\w.&'-]*,?\s*(?:(?:and|or|&)\s+)?)*\Z"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """When a form means its skill. In the patterns «» stands for the form with 60 characters around it.

    ``in_ad`` is a cue anywhere in the advertisement; ``listed`` lets a place in a list suffice.
    """

    accept: re.Pattern[str] | None = None
    reject: re.Pattern[str] | None = None
    in_ad: re.Pattern[str] | None = None
    listed: bool = True


def _sense(accept: str = "", reject: str = "", in_ad: str = "", *, listed: bool = True) -> Sense:
    cue, against, anywhere = (re.compile(text) if text else None for text in (accept, reject, in_ad))
    return Sense(cue, against, anywhere, listed)


_ALWAYS = _sense(accept="«»")
_LISTED = Sense()
_KNOWS_LLMS = (
    r"\b(?:LLMs?\b|[Aa]gentic|AI [Aa]gents?\b|[Cc]oding [Aa]gents?|[Cc]omputer[- ][Uu]se|[Ll]anguage [Mm]odel|[Aa]utonomous [Aa]gents?|"
    r"MCP\b|RAG\b|GPT|[Pp]rompt)"
)
_LLM_WORDS = (
    *("LLM", "gentic", "AI agent", "AI Agent", "oding agent", "oding Agent", "omputer use", "omputer-use", "omputer Use"),
    *("omputer-Use", "anguage model", "anguage Model", "utonomous agent", "utonomous Agent", "MCP", "RAG", "GPT", "rompt"),
)  # fmt: skip
_AGENT_PEOPLE = (
    r"(?i:(?:travel|insurance|estate|support|center|centre|human|field|sales|service|live|local) «»)"
)
_NETWORK = r"\b(?:[Mm]odels?|[Tt]raining|[Aa]ttention|LLMs?|BERT|LSTMs?|CNNs?|CUDA|GPUs?|[Vv]ision|Hugging ?Face|PyTorch)\b"
_OPERATED = r"(?i:kubernetes|\bk8s\b|\bmetrics\b|monitoring|observability)"
_EXPERIENCE = (
    r"(?i:(?:experience|expertise|skills?|proficien\w+|knowledge|familiarity|background|strong|excellent|proven|"
    r"solid|understanding|fluent|hands-on)(?: \w+){0,4} «»|«»(?: \w+)? (?:skills?|experience|expertise|abilit\w+))"
)
_TOOL_ASKED = re.compile(
    r"(?i:tools?|frameworks?|platforms?|technolog\w+|databases?|languages?|warehouses?|engines?|librar\w+|stack|models?),? \(?(?i:such as|like|including|e\.g\.,?|eg|:|using) ?«»|"
    r"(?i:experience|proficien\w+|familiarity|familiar|expertise|knowledge|skilled|fluent|fluency|hands-on) (?i:with|in|of|using) «»(?! [A-Z])"
)
"""How a tool with an ordinary name is asked for, whichever it is."""
_EXPERIENCE_OF = r"(?i:(?:experience|expertise|knowledge|background|understanding)(?: \w+){0,4} «»)"
_ASKED = _sense(accept=_EXPERIENCE)
_SKILL_ONLY = _sense(accept=_EXPERIENCE, listed=False)
_NEVER = _sense(listed=False)
_BUILT = _sense(
    r"(?i:(?:build|design|develop|scal|architect|own|maintain|operat|manag|implement|evolv|shap)\w*\b[^.;]{0,40}«»|«» (?:engineer|team|architect))",
    r"(?i:(?:our|leading|powered|the world['’]s|first|#1|is an|is the) (?:\w+ ){0,2}«»)",
    listed=False,
)

SENSES: dict[str, Sense] = {
    "go": _sense(
        r"«» (?:[Dd]eveloper|[Ee]ngineer|services|backend|code\b)|(?:[Bb]ackend|[Ss]erver|[Ss]tack:|[Tt]ech:|\bin|with|using|[Ww]rite)"
        r" \(?«»|«» required|«» \(golang\)|\(«»[,)]|[Bb]ack[- ]?[Ee]nd «»|\bbit of «»|«» \[|[•·-] «»[ ,(]|^«»,",
        r"«»(?: |-)(?:to|ahead|beyond|above|from|live|public|further|big|home|deep)\b",
    ),
    "r": _sense(r"«» (?:programming|packages?|skills|scripts)|\b(?:in|Python or|Python and|or) «»(?: |[,.)]|$)", r"(?<!and/or )(?<!\bor )(?<!\band )(?<!, )(?<!/)«»\.|«»'|«» ?&"),
    "c": _sense(r"«» programming|«»/C\+\+|«»\*|(?:developed|written|coded|proficien\w+|experience) in «»[ ,.]", r"(?i:series|round|class|vitamin|type|grade) «»|«»\$|«»#|«»\.|«»[’']"),
    "rust": _sense("«»", r"(?i:«» belt)"),
    "transformer": _sense(in_ad=_NETWORK, reject=r"(?i:(?:power|electric|voltage|grid|substation) «»|team of «»|«» franchise)"),
    "transformers": _sense(in_ad=_NETWORK, reject=r"(?i:(?:power|electric|voltage|grid|substation) «»|team of «»|«» franchise)"),
    "agents": _sense(in_ad=_KNOWS_LLMS, reject=_AGENT_PEOPLE),
    "cv": _sense(
        r"(?:NLP|ML|[Vv]ision|NLU|LLMs?|RL|DL|AI)[,/ ]+(?:(?:and|or|&) )?«»|«»[,/ ]+(?:(?:and|or|&) )?(?:NLP|ML|NLU|LLM|RL|DL)"
        r"|«» (?:models?|algorithms?|engineer)",
        r"(?i:(?:your|send|a|my|updated|recent|full) «»|«» ?/ ?r[eé]sum|r[eé]sum[eé] ?/ ?«»|«» (?:to|and cover))",
        listed=False,
    ),
    "rl": _sense(r"(?i:RLHF|agents?|environments?|reward|polic(?:y|ies)|post-training|reinforcement|\bLLMs?\b)|«» engineer"),
    "excel": _sense(r"(?:Microsoft|MS|and|,) «»(?! files| spreadsheets)|(?:proficien\w+|skills?|experience|knowledge|familiar\w*|expert\w*|advanced|fluen\w+|use) (?:in|with|of|using) «»(?! at\b)|^«» - Required|«» familiarity|«» (?:Interop|VBA|macros|modell?ing)", r"«» (?:in|at)\b|PDFs and «»|«» (?:files|spreadsheets)"),
    "react": _sense("«»", r"(?i:«» (?:to|quickly|fast)\b)"),
    "rest": _sense("«»", r"(?i:the «»|«» of\b)"),
    "node": _sense(r"«»\.?js|«» (?:[Dd]eveloper|backend)|«»,"),
    "julia": _sense(r"use «»|«» (?:code|programming)", r"«» [A-Z]|«»@|«»-"),
    "prometheus": _sense(in_ad=_OPERATED),
    "helm": _sense(in_ad=_OPERATED, reject=r"(?i:at the «»)"),
    "claude": _sense("«»", r"«» (?!Code|Sonnet|Opus|Haiku|API|Agent|SDK|Desktop|Max|Pro|Cowork|Skills)[A-Z][a-z]+\b(?! and)"),
    "js": _sense(r"«» (?:[Dd]eveloper|[Ee]ngineer|frameworks?)|(?:Full[- ]?[Ss]tack|Senior|[Vv]anilla) «»"),
    "embedding": _sense(r"(?i:models?|vectors?|\bLLMs?\b|text|retriev|search|semantic|dimension)", r"(?i:«» (?:[\w-]+ ){0,3}(?:into|in|within|at)\b|\band «» )"),
    "rag": _ALWAYS,
    "mcp": _ALWAYS,
    "torch": _ALWAYS,
    "jax": _ALWAYS,
    "flask": _ALWAYS,
    "lora": _ALWAYS,
    "ml": _ALWAYS,
    "ai/ml": _ALWAYS,
    "dbt": _ALWAYS,
    "gpt": _ALWAYS,
    "ray": _sense(r"(?:built on|with|using|on) «»(?! [A-Z]| to\b)"),
    "lambda": _sense(r"(?:AWS|Amazon) «»|«» functions?", r"«» (?:School|Labs|function in)"),
    "snowflake": _sense(r"(?i:experience with «»|warehouses? like «»|in «»)"),
    "spark": _sense(r"(?i:(?:experience|expertise|familiarity|proficiency|tools|opinions) (?:with|in|like|about) «»|«» (?:software )?(?:engineer|developer)|«» (?:runs|jobs|sql|streaming|cluster|pipelines?))", r"«» Capital|(?i:to «» |the «»|a «»)"),
    "temporal": _sense(r"«»\.io|and «» workflow", r"«» (?:data|reasoning|consistency|and spatial|understanding|dynamics|model)"),
    "triton": _sense(r"CUDA|TensorRT|(?i:inference)", r"Joyent «»|our «»"),
    "mistral": _sense(r"(?i:llama|claude|\bgpt|gemini|qwen|openai|falcon|\bllms?\b)", r"«» AI\b"),
    "llama": _sense(r"«»[ -]?\d|(?i:mistral|claude|\bgpt|gemini|qwen|openai|falcon|\bllms?\b)"),
    "retrieval": _sense(r"(?i:«» (?:systems?|pipelines?|models?|algorithms?|quality|evaluation)|ranking|search|\brag\b)"),
    "ranking": _sense(r"(?i:«» (?:systems?|models?|algorithms?)|search|recommend)"),
    "open source": _sense(r"(?i:contribut\w+ (?:to|in) (?:\w+ ){0,2}«»|«» (?:contribut|project|communit|maintain))", listed=False),
    "open-source": _sense(r"(?i:contribut\w+ (?:to|in) (?:\w+ ){0,2}«»|«» (?:contribut|project|communit|maintain))", listed=False),
    "leadership": _sense(r"(?i:(?:technical|engineering|demonstrated|proven|strong|thought) «»|«» (?:skills|experience|abilit))", listed=False),
    "architecture": _sense(r"(?i:(?:system|software|technical|solution|platform|cloud|application) «»|«» (?:decisions|design|reviews?))", listed=False),
    "hiring": _sense(r"(?i:(?:experience|responsible|lead|drive|participate|involved)\b.{0,30}«»|«»,? (?:and )?(?:mentoring|growing|developing|onboarding|building|managing|coaching))", r"(?i:we(?:['’]re| are) «»|«» (?:process|range|for\b|manager))", listed=False),
    "communication": _ASKED,
    "collaboration": _SKILL_ONLY,
    "collaborative": _SKILL_ONLY,
    "presentation": _ASKED,
    **dict.fromkeys(("scalability", "scalability and reliability", "scalability and performance", "reliability and scalability", "performance and scalability"), _sense(r"(?i:(?:design|architect|build|engineer)\w* (?:\w+ ){0,3}(?:for|with|and) (?:\w+,? ){0,3}«»|«» (?:challenges|engineering|problems)|(?:system|design|architecture),? (?:and )?«»)", listed=False)),
    "algorithms": _sense(r"(?i:data structures|computer science|(?:design\w*|efficient|complex|implement\w*) (?:and \w+ )?«»|«»,? (?:and|&) (?:data|complexity))", r"(?i:(?:ML|AI|learning|vision|ranking|recommendation|control|model) «»)", listed=False),
    "ai-native": _sense(r"(?i:(?:build|develop|design|ship|creat)\w*\b.{0,40}«» (?:app|product|feature|system|software|workflow))", listed=False),
    "personal data": _sense(r"(?i:GDPR|CCPA|protect\w* (?:\w+ ){0,2}«»|PII)", r"(?i:your «»|submit «»|candidate|applica|recruit)", listed=False),
    "talent acquisition": _NEVER,
    **dict.fromkeys(("building a team", "build a team", "hiring engineers"), _sense(r"(?i:(?:experience|responsible|hiring|lead|track record)\b.{0,30}«»)", r"(?i:we(?:['’]re| are) «»)", listed=False)),
    "hiring process": _sense(r"(?i:(?:lead|own|improv|participat|contribut|support|help|shap)\w*\b.{0,30}«»)", r"(?i:our «»|the «»)", listed=False),
    "team building": _sense(r"(?i:(?:lead\w*|hiring|recruit\w*|mentor\w*|leadership|management|experience)\b.{0,30}«»|«»,? (?:and )?(?:mentor|hiring|leader|manage))", r"(?i:«» (?:event|activit|off-?site|outing|trip|budget))", listed=False),
    "networking": _sense(r"(?i:(?:professional|industry|community) «»|«» (?:skills|with (?:peers|industry)))", listed=False),
    "continuous improvement": _NEVER,
    "customer-facing": _sense(r"(?i:«»(?:,| or| and|/)? ?(?:\w+ )?(?:role|experience|skill|engineer|position|environment|engagement|work|consult|technical role)|experience.{0,40}«»|comfort\w* .{0,30}«»)", r"(?i:«» (?:\w+ )?(?:product|application|app|feature|system|platform|AI|portal|tool|agent|channel|solution|service)s?\b)", listed=False),
    "industry experience": _sense(r"(?i:«» in\b|(?:relevant|domain|specific) «»|(?:healthcare|financ\w+|insurance|legal|retail|energy|bank\w*) «»)", r"(?i:years?(?:['’])?(?: of)?(?: [\w/-]+){0,3} «»)", listed=False),
    "cybersecurity": _sense(_EXPERIENCE_OF, r"(?i:«» (?:company|firm|startup|platform|leader|industry|vendor|market))"),
    "mentorship": _sense(r"(?i:(?:provid|offer|lead|technical|through|coach|guid|deliver)\w*\b.{0,30}«»|«» (?:of|to|for) )", r"(?i:«» (?:program|opportunit|from|by|talent)|(?:receive|access to|gain|get|with|our) (?:\w+ )?«»|and talent)", listed=False),
    "optimization techniques": _sense(r"(?i:mathematic|convex|gradient|linear programming|operations research|algorithms?, (?:probability|statistics)|probability and)", listed=False),
    "data engineers": _NEVER,
    "data engineer": _sense(r"(?i:^«»|(?:senior|lead|staff|principal|AI|ML) «»|\bas an? (?:\w+ )?«»)", listed=False),
    "ai platform": _BUILT,
    "ai platforms": _BUILT,
    "ai infrastructure": _BUILT,
    **dict.fromkeys(("business value", "business impact", "business outcomes", "business goals", "business objectives", "measurable impact", "measurable outcomes"), _sense(r"(?i:(?:measur|quantif|translat|track|defin|align|tie|tied|link|connect|map|understand)\w*\b.{0,60}«»)", listed=False)),
    "prototyping": _sense(r"(?i:rapid(?:ly)? «»|«» (?:and|of|new))"),
    "apis": _sense(r"(?i:(?:build|design|develop|integrat|creat|architect|implement|own|deliver|scal)\w*\b.{0,40}«»|(?:backend|web|scalable|production|internal|public) «»)"),
    "databases": _sense(_EXPERIENCE),
    "streaming": _sense(r"(?i:(?:real-time|data|event|batch and) «»|«» (?:data|pipelines?|systems?|platforms?))", r"(?i:(?:video|music|audio|media|film|token) «»|«» (?:service|music|video|responses?))"),
    "reproducibility": _sense(r"(?i:experiment|model|data|training)"),
    "fairness": _sense(r"(?i:bias|\bAI\b|model|explainab|responsible)"),
    "benchmarks": _sense(r"(?i:model|LLM|eval)"),
    "benchmarking": _sense(r"(?i:model|LLM|eval)"),
    "failure modes": _sense(r"(?i:model|LLM|eval|agent|\bAI\b)"),
    "annotation": _sense(r"(?i:data|label|human|guideline)"),
    "annotations": _sense(r"(?i:data|label|human|guideline)"),
    "distillation": _sense(r"(?i:model|knowledge|quanti|pruning|fine-tun)"),
    "pruning": _sense(r"(?i:model|quanti|distill)"),
    "alignment": _sense(r"(?i:model «»|AI «»|LLM «»|«» research|RLHF|safety)", r"(?i:(?:stakeholder|strategic|business|team|cross-functional|organi[sz]ational) «»|«» (?:with|across|between|on)\b)", listed=False),
    "applied ai": _sense(listed=False),
    "ai assistants": _sense(r"(?i:(?:build|develop|design|creat)\w*\b.{0,40}«»)", listed=False),
    "ai applications": _sense(r"(?i:(?:build|develop|design|creat|deploy|ship)\w*\b.{0,40}«»)", listed=False),
    "vendors": _sense(r"(?i:(?:evaluat|select|manag|assess|negotiat)\w*\b.{0,30}«»)", listed=False),
    "vendor": _sense(r"(?i:(?:evaluat|select|manag|assess|negotiat)\w*\b.{0,30}«»)", listed=False),
    "executives": _sense(r"(?i:(?:present|communicat|advis|brief|partner)\w*\b.{0,40}«»)", listed=False),
    "product managers": _sense(r"(?i:(?:work|collaborat|partner|liais|team)\w*\b.{0,60}«»)", listed=False),
    "recommendations": _sense(r"(?i:(?:personali[sz]ed|product|content) «»|«» (?:systems?|engine|models?)|search and «»|ranking and «»)", listed=False),
    "segmentation": _sense(r"(?i:(?:image|semantic|instance|object|detection|tracking).{0,30}«»|«»,? (?:and )?(?:object |image )?(?:detection|classification|tracking))", r"(?i:(?:customer|market|user|audience|network) «»)", listed=False),
}  # fmt: skip
"""The forms with cues of their own, by folded spelling."""


_BEGINNINGS: dict[re.Pattern[str], tuple[str, ...]] = {re.compile(_KNOWS_LLMS): _LLM_WORDS}
"""Parts of words without which a cue cannot stand in a text: far quicker to look for."""


def is_meant(hit: Hit, text: str, sentence: tuple[int, int], others: Iterable[Hit]) -> bool:
    """Whether an ambiguous form names its skill here; ``others`` are the forms around it."""
    sense = SENSES.get(hit.surface.text.casefold(), _LISTED)
    start, end = sentence
    window = f"{text[max(start, hit.start - LIST_WITHIN) : hit.start]}«»{text[hit.end : min(end, hit.end + LIST_WITHIN)]}"
    if sense.reject and sense.reject.search(window):
        return False
    if sense.accept and sense.accept.search(window):
        return True
    if hit.surface.technology and sense.listed and _TOOL_ASKED.search(window):
        return True
    if sense.in_ad and says_anywhere(text, sense.in_ad):
        return True
    return sense.listed and is_listed(hit, text, sentence, others)


@lru_cache(maxsize=64)
def says_anywhere(text: str, cue: re.Pattern[str]) -> bool:
    """Whether an advertisement has a cue anywhere; asked again and again for one text."""
    words = _BEGINNINGS.get(cue)
    if words is not None and not any(word in text for word in words):
        return False
    return cue.search(text) is not None


def is_listed(hit: Hit, text: str, sentence: tuple[int, int], others: Iterable[Hit]) -> bool:
    """LISTED of rule R2; a concept may stand beside any unambiguous skill, a tool only beside a technology."""
    start, end = sentence
    before = text[max(start, hit.start - _JOINED) : hit.start]
    if not (_BEFORE.search(before) or _AFTER.match(text[hit.end : min(end, hit.end + _JOINED)])):
        return False
    return any(
        not other.surface.ambiguous
        and (other.surface.technology or (not hit.surface.technology and other.surface.skill is not None))
        and other is not hit
        and start <= other.start
        and other.end <= end
        and max(other.start - hit.end, hit.start - other.end) <= LIST_WITHIN
        for other in others
    )


def is_named_only(hit: Hit, text: str, sentence_start: int) -> bool:
    """Rule R3 b and c: an organisation to join, or one in a list of customers, investors or former employers."""
    if not hit.surface.technology:
        return False
    return is_organisation(hit, text) or is_in_list_of_names(hit, text, sentence_start)


def is_organisation(hit: Hit, text: str) -> bool:
    """Rule R3 b: "At X", "About X", "Join X", "ex-X", "X's documentation"."""
    if text.startswith("'s ", hit.end):
        return True
    before = text[max(0, hit.start - _JOINED - 1) : hit.start]
    return before.endswith(_BEFORE_ORGANISATION) and _ORGANISATION.search(before) is not None


def is_in_list_of_names(hit: Hit, text: str, sentence_start: int) -> bool:
    """Rule R3 c: customers, investors or former employers."""
    start = max(sentence_start, hit.start - NAMES_BEFORE)
    if start > sentence_start:  # half a word could be another word
        start = text.find(" ", start, hit.start)
    return start >= 0 and _NAMES.search(text[start : hit.start]) is not None
