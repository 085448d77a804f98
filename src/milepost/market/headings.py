"""The words of headings and what they announce. Collected from the advertisement sets of ``corpora``."""

import re

PAY = re.compile(
    r"\b(?:salary|salaries|compensation|benefits?|perks?|equity|vergütung|pay range|wage|bonus (?:plan|structure|scheme|program))\b",
    re.IGNORECASE,
)
"""Headings about pay, whatever else they say."""

AGAINST = re.compile(
    r"\b(?:don't|do not|won't|will not|not be|never) (?:be )?(?:need|do|doing|get)\b", re.IGNORECASE
)
"""Headings of what is not asked."""

OPEN_ROLES = re.compile(
    r"^(?:(?:(?:current|high priority|our|many) )?(?:open|available|current) (?:roles?|positions?|openings)|roles|we're (?:actively )?hiring|hiring|openings|vacancies|current openings)\b",
    re.IGNORECASE,
)
"""Headings after which something else than the company is described, whatever it is."""
AREA_OF_STACK = re.compile(
    r"^(?:back-?end|front-?end|infra(?:structure)?|dev-?ops|databases?|cloud|mobile|web|data|ml|ai|api)(?: stack)?$",
    re.IGNORECASE,
)
"""Labels of the parts of a technology stack."""

PERSON = re.compile(
    r"\babout (?:you|the candidate)\b|(?:thrive|succe\w+|fit|excel) (?:in|for|with|at) (?:this|the|our|us)\b|"
    r"\b(?:looking|look|searching|hiring) for|thrive here if|\bwho (?:are you|should apply)\b|\bqualified because\b|\b(?:make|makes) (?:us love you|a great candidate)|^you$|"
    r"\b(?:expect|need|love|want) you to have\b|\btools we use\b|\bknowledge, skills\b|\b(?:key|personal|professional) attributes\b|\bjob (?:expectations|specifics)\b|\bherken jij\b|\bwhat(?: do)? you(?:'ll| will)? (?:need|bring|have|should|must)\b|"
    r"\byou(?:'ll| will|'d| should)? (?:need|bring|have|be a (?:good|great) fit)\b|\bwhat you need\b|"
    r"\b(?:your|our|the|technical|tech|technology|current|core|main) (?:tech(?:nology|nical)? )?stack\b|^(?:tech |technology )?stack\b|"
    r"^(?:you|tech|technologies|technology|languages|tools)$|\bwhat we (?:value|want|need|look)\w*\b",
    re.IGNORECASE,
)
CLEAR = re.compile(
    r"(?:in|as|to|on|for|if) .{2,60}\byou(?:'ll| will| have| need| are|'re)?(?: (?:will|need|have|be|get|be able)(?: to)?(?: (?:have|do|be))?)?$|"
    r"(?:it|the following|while not required|bonus points|ideally|in addition)\b.{0,60}\b(?:plus|advantage|bonus|great|nice|have|not required)\b.{0,30}$|"
    r"(?:what|who|why|how|here's what) (?:you|we|the candidate|our|this|it)\b.{0,50}$|(?:you may|you might|we're) .{2,50}$|(?:your|our|key|required|preferred|minimum|basic)\b.{2,50}$",
    re.IGNORECASE,
)
"""How a heading begins that is a whole sentence or has commas in it."""
CERTAIN_ROLE = re.compile(
    r"\bimpact you\b|\bcontribute your\b|\blove (?:this|the) (?:role|job|position)\b", re.IGNORECASE
)
"""Headings of the role that name the person too."""
ROLE = re.compile(
    r"\bproblems you\b|\bcandidate will do\b|\byour (?:key )?activities\b|\bresponsible for\b|\btrust you to\b|\byou might work on\b|"
    r"\bverantwoordelijk voor\b|\bbijdragen\b|\bga jij doen\b|\bdraag jij bij\b|\blove (?:this|the) (?:role|job|position)\b|\bteam is working on\b|"
    r"\babout (?:the|this|your) (?:role|job|position|opportunity|work)\b|\bwhy this role\b|essential (?:functions|duties)|"
    r"\bday in the life\b|\bday[ -]to[ -]day\b|\bwhat(?: will)? you(?:'ll| will|'re| are|'d| would)?(?: be| get to)? ?(?:do|doing|build|building|"
    r"work|working|own|owning|achieve|tackle|deliver|create|help)\b",
    re.IGNORECASE,
)

OPENINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (section, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for section, words in (
        (
            "nice",
            r"nice[ -]to[ -]haves?|nice[ -]haves?|preferred|preferably|preferences?|bonus|desired|desirables?|plus|pluses|stands? out|"
            r"sets? you apart|good to haves?|optional|ideally|even better|extra (?:credit|points)|brownie points|icing on the cake|"
            r"wish ?list|(?:strong |ideal |great )?candidates (?:may|might)(?: also)?|(?:may|might|could) also (?:have|be|bring)|"
            r"additional (?:skills|experience|qualifications)|great to haves?|(?:would|will|'d) (?:also )?be (?:nice|great|helpful|awesome|a)|"
            r"(?:big|huge|added|distinct) (?:plus|advantage)|advantage\w*|not (?:required|necessary)|helpful|we(?:'d| would) (?:also )?love if|"
            r"von vorteil|wünschenswert|een pré|pré",
        ),
        (
            "company",
            r"(?:you )?(?:won't|will not|won't be|not be) doing|about (?:us|the company|the team|our \w+|(?-i:[A-Z]\S*)(?: (?-i:[A-Z]\S*))?)|"
            r"who we are|our (?:mission|story|values|culture|company|vision|team|product|platform|offer|promise|commitments?|investors|clients|customers|"
            r"principles|locations?)|"
            r"why (?:join|work|us|you|we|this)\b.*|(?:what|how) (?:do )?we (?:can )?offer\b.*|we offer|join us|join .{2,40}|"
            r"pay (?:range|transparency)|equal (?:employment )?opportunity.*|eeo.*|diversity.*|inclusion.*|"
            r"what(?:'s| is) in it for you|life at .*|company (?:overview|description|profile|background)|total rewards|(?:what|why) you(?:'ll| will) (?:love|like|get|receive|enjoy)\b.*|"
            r"how (?:to|we) (?:apply|hire)|to apply|(?:interview|hiring|application|recruitment) process|additional information|who are we|what we do|"
            r"what .{2,30} (?:can|has to|have to) offer\b.*|can offer you|(?:will|is) support(?:ing)? (?:you|me)\b.*|support for you|growth opportunities|keys/notes|"
            r"how we work|our people|the (?:team|company|product)|health|well[ -]?being|relocation|accommodations?|logistics|next steps|learn more|"
            r"hybrid work\w*|what (?:you can )?expect from us|in return|privacy.*|disclaimer|visa|sponsorship|locations?|"
            r"wij bieden|wat bieden\b.*|over ons|wir bieten|über uns|das bieten wir",
        ),
        (
            "must",
            r"requirements?|required|qualifications?|must[ -]haves?|must|minimum|basic qualifications|skills?|skillset|"
            r"what (?:you|we)(?:'ll|'re| will| are)? ?(?:need|bring|look\w*|expect|require|seek)\b.*|who you are|you have|you've|"
            r"you bring|looking for|your (?:profile|background|skills|experience|toolbox)|experiences?|"
            r"good fit|great fit|right fit|ideal candidate|we'd love|you are|you're|you might be|you might have|candidate profile|profile|what it takes|"
            r"(?:tech|technology|our) stack|tech|technologies|education|what you've|expertise|competenc\w+|background|proficienc\w+|"
            r"your expertise|what makes you|knowledge|the skill set|essentials?|technical stack|you should (?:apply|have)\b.*|"
            r"functie-?eisen|wat vragen\b.*|wij vragen|wat breng je\b.*|jouw profiel|dit ben jij|(?:ihr|dein) profil|anforderungen",
        ),
        (
            "duty",
            r"responsibilit\w+|duties|the (?:role|job|work|position|opportunity|challenge|mission)|your (?:role|mission|impact|tasks?|work|challenge|day)|you will|you'll|"
            r"role (?:overview|summary|description)|job (?:summary|description|overview|purpose)|position (?:summary|overview|description)|key (?:tasks|areas)|"
            r"in this role|what you do|overview|summary|opportunity|projects|impact|focus areas?|focus|accountabilities|a typical day|"
            r"essential functions|description|role purpose|your job|role|tasks|deliverables|scope|"
            r"wat ga je\b.*|jouw rol|werkzaamheden|(?:deine |ihre )?aufgaben",
        ),
    )
)
"""Sections in the order in which their words are looked for."""

BURIED = (
    *("Responsibilities", "Requirements", "Qualifications", "Nice to have", "Nice to Have", "Nice-to-have", "Nice-to-haves", "About you", "About You"),
    *("About the role", "About the Role", "About the job", "About the Job", "About The Job", "About The Role", "About the team", "About us", "About Us", "About the company"),
    *("Role Overview", "Job Description", "Job Summary", "Job Responsibilities", "Position Summary", "Position Description", "Benefits", "Perks", "What You'll Do", "What you'll do"),
    *("What You Will Do", "What you will do", "What You'll Bring", "What you'll bring", "What You Bring", "What you'll need", "What You'll Need", "What you bring", "What you need"),
    *("What we offer", "What We Offer", "What We're Looking For", "What we're looking for", "Who We're Looking For", "Who you are", "Who You Are", "You have", "Ideally you have"),
    *("You may be a good fit if", "You May Be a Good Fit If", "You might be a good fit if", "Strong candidates may also", "Strong Candidates May Also", "Strong candidates may"),
    *("Key Responsibilities", "Core Responsibilities", "Primary Responsibilities", "Your Responsibilities", "Main Responsibilities", "Essential Functions", "Essential Duties"),
    *("Minimum Qualifications", "Basic Qualifications", "Required Qualifications", "Preferred Qualifications", "Additional Qualifications", "Desired Qualifications"),
    *("Minimum Requirements", "Job Requirements", "Key Requirements", "Required Skills", "Preferred Skills", "Desired Skills", "Technical Skills", "Key Skills", "Required Experience"),
    *("Preferred Experience", "Professional Skills", "Education", "Experience We Find Useful", "Bonus Points", "Bonus points", "Ways to stand out", "Ways To Stand Out", "Why join us", "Why Join Us"),
    *("The Role", "The role", "The Opportunity", "Your Role", "Your role", "In this role you will", "In this role, you will", "You will be responsible for", "Tech stack", "Tech Stack", "Our stack", "Our Stack"),
    *("Logistics", "Annual Salary", "Compensation", "Company Description", "Company Overview", "What We Look For", "Who Thrives Here", "What Working Here Is Like", "Preferred", "Required", "Life at"),
    *("RESPONSIBILITIES", "REQUIREMENTS", "QUALIFICATIONS", "NICE TO HAVE", "ABOUT YOU", "ABOUT THE ROLE", "ABOUT US", "BENEFITS", "REQUIRED SKILLS", "PREFERRED QUALIFICATIONS", "ABOUT THE TEAM"),
    *("MINIMUM QUALIFICATIONS", "KEY RESPONSIBILITIES", "WHAT YOU'LL DO", "WHAT YOU WILL DO", "PREFERRED SKILLS", "About"),
)  # fmt: skip
"""Headings that stand inside a text without line breaks, as they are written there."""
_PHRASES = "|".join(map(re.escape, sorted(BURIED, key=len, reverse=True)))
BURIED_HEADING = re.compile(
    rf"(?:(?<=[.:;!?)\]*•…-])|(?<=[.:;!?)\]*•…|-] )|(?<=[a-z0-9])|(?<=^))(?:{_PHRASES})"
    r"(?:(?<=About)(?= [A-Z]| \w[\w.-]* (?:[A-Z]|is\b))| ?(?=:)| (?=[A-Z•*-])|(?=[A-Z•*])|(?= (?i:if|have|also|you)\b))"
    rf"|(?<= )(?:{_PHRASES})(?=(?: (?i:have|you|be|if you))* ?:)"
)
"""A buried heading follows the end of a sentence or sticks to the word before, and text begins after it; one
with a colon may stand anywhere."""
