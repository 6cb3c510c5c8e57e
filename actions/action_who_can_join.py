"""Who can take part in it."""

from actions.about_a_study import AboutAStudy
from actions.words import say
from index import StudyPage

MOST_RULES = 5


class WhoCanJoin(AboutAStudy):
    """It never says that somebody is eligible: the study team decides."""

    label = "action_who_can_join"
    intent = "who_can_join"

    def words(self, page: StudyPage) -> str:
        """Who the record names, and its first rules."""
        include = [rule.text for rule in page.eligibility if rule.kind == "include"]
        exclude = [rule.text for rule in page.eligibility if rule.kind == "exclude"]
        parts = [_listed("You may be able to take part if:", include)]
        parts.append(_listed("You cannot take part if:", exclude))
        rules = "\n\n".join(part for part in parts if part) or say("not_said")
        return say("who_can_join", who=page.who, rules=rules)


def _listed(heading: str, rules: list[str]) -> str:
    if not rules:
        return ""
    lines = [heading, *(f"- {rule}" for rule in rules[:MOST_RULES])]
    if len(rules) > MOST_RULES:
        lines.append(f"- and {len(rules) - MOST_RULES} more, on the study’s page")
    return "\n".join(lines)
