"""Links and role drafts → the plain JSON documents of the outside contract."""

from collections.abc import Sequence

from milepost.model.frameworks import Framework
from milepost.model.role_drafts import RoleDraft
from milepost.model.taxonomies import Links, Taxonomy
from milepost.publish.schema import Document


def links_document(taxonomy: Taxonomy, links: Links, *, unlinked: Sequence[str]) -> Document:
    """The candidates of every skill, best first, and the skills without any."""
    return {
        "taxonomy": taxonomy.name,
        "language": taxonomy.language,
        "concepts": len(taxonomy.concepts),
        "credit": taxonomy.credit,
        "notes": list(taxonomy.notes),
        "threshold": links.threshold,
        "accepted": sum(each.accept for each in links.links),
        "links": [
            {
                "skill": each.skill,
                "concept": each.concept,
                "label": each.label,
                "relation": each.relation.value,
                "confidence": each.confidence,
                "accept": each.accept,
                "basis": each.basis,
            }
            for each in links.links
        ],
        "unlinked": list(unlinked),
    }


def framework_document(framework: Framework) -> Document:
    """The roles that a framework holds."""
    return {
        "framework": framework.name,
        "roles": [
            {"name": each.name, "level": each.level, "needs": len(each.needs)} for each in framework.roles
        ],
    }


def draft_document(draft: RoleDraft, *, file: str) -> Document:
    """One drafted role: what it would ask, how sure that is, and what could not be mapped."""
    role = draft.role
    return {
        "id": role.id,
        "name": role.name,
        "seniority": role.seniority.value,
        "source": draft.source,
        "basis": draft.basis,
        "specialisations": list(role.specialisations),
        "targets": [
            {
                "skill": each.skill,
                "level": each.level,
                "confidence": each.confidence,
                "accept": each.accept,
                "reason": each.reason,
            }
            for each in draft.targets
        ],
        "unmapped": [{"name": each.name, "level": each.level, "why": each.why} for each in draft.unmapped],
        "file": file,
    }
