"""The version stamp: which version of which document a reply stands on."""

from datetime import date

from workbench.language import markers
from workbench.run import RunContext
from workbench.texts import Lang, text

from .models import Policy


def in_force(reply: str, context: RunContext) -> list[Policy]:
    """The versions of the documents that ``reply`` cites, as they answer on the run's day, in the order of citation."""
    cited = {marker for marker, _, _ in markers(reply)}
    found: dict[str, Policy] = {}
    day = context.as_of or date.today()
    for passage in context.passages:
        if passage.knowledge_base and passage.marker in cited and passage.document_id not in found:
            versions = context.knowledge.versions(passage.knowledge_base, passage.document_id)
            version = next((one for one in versions if one.answers_on(day)), None)
            found[passage.document_id] = Policy(
                title=passage.title,
                version=version.version if version else 1,
                valid_from=version.begins if version else None,
                valid_to=version.ends if version else None,
            )
    return list(found.values())


def stamp(policy: Policy, lang: Lang) -> str:
    """The version in words."""
    key = "policy" if policy.valid_from else "policy.undated"
    return text(f"scenarios.support:{key}", lang, title=policy.title, version=policy.version, start=policy.valid_from)
