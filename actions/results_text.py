"""The words above a list of studies, and the choices below it."""

from dataclasses import dataclass

from actions import reply
from actions.wanted import ANY, named, plain_number
from actions.words import say
from index import SearchResult, StudyQuery


@dataclass(frozen=True)
class Shown:
    """A page of results. about: how many of all matches are about the condition; further: miles."""

    query: StudyQuery
    result: SearchResult
    about: int
    further: int | None


def headline(shown: Shown) -> str:
    """What was understood and found; honest when nothing is about the condition."""
    query, result = shown.query, shown.result
    parts = [result.understood.note] if result.understood.note else []
    parts.append(_found(shown))
    if shown.further:
        parts.append(say("further", condition=query.condition))
    elif not result.total:
        parts.append(say("try_else"))
    if left := _left_out(result):
        parts.append(left)
    if any(card.source == "demo" for card in result.results):
        parts.append(say("demonstration"))
    elif result.freshness and not query.offset:
        parts.append(result.freshness)
    return "\n\n".join(parts)


def _left_out(result: SearchResult) -> str:
    """What was left out and why, in one sentence; "" when nothing was."""
    left = result.left_out
    counts = (
        (left.not_open, "not open now"),
        (left.age, "for other ages"),
        (left.sex, "for the other sex"),
        (left.healthy, "not for healthy people"),
        (left.from_home, "not done from home"),
        (left.too_far, "too far away"),
    )
    told = ", ".join(f"{count} {why}" for count, why in counts if count)
    return say("left_out", told=told) if told else ""


def _found(shown: Shown) -> str:
    query, result = shown.query, shown.result
    here = len(result.results)
    if not here:
        return say("found_none", named=named(query))
    about = named(query).removeprefix("studies ")
    if not shown.about:
        return say("more_related" if query.offset else "only_related", named=about)
    count = "1 study" if shown.about == 1 else f"{shown.about} studies"
    rest = result.total - shown.about
    if shown.about < query.offset + here:
        text = say("found_mixed", count=count, named=about, rest=rest)
    else:
        text = say("found", count=count, named=about)
    if here < result.total:
        text += " " + say("page", first=query.offset + 1, last=query.offset + here)
    return text


def choices(shown: Shown) -> list[reply.Choice]:
    """Show more, go back, look further away, and take a limit away that left studies out."""
    query, result, further = shown.query, shown.result, shown.further
    found = []
    left = result.total - query.offset - len(result.results)
    if left > 0:
        found.append(reply.choice("Show more", "more_results"))
    if query.offset:
        found.append(reply.choice("Show the ones before", "previous_results"))
    if further:
        found.append(
            reply.choice(f"Look within {further} miles", "wider_search", distance=str(further))
        )
    elif result.wider:
        wider = result.wider[0]
        more = "1 more study" if wider.adds == 1 else f"{wider.adds} more studies"
        label = f"Look within {wider.miles} miles ({wider.adds} more)"
        if query.miles:
            label = f"{plain_number(wider.miles - query.miles)} miles further: {more}"
        found.append(reply.choice(label, "wider_search", distance=str(wider.miles)))
    if result.left_out.age and query.age is not None:
        label = f"Add studies for other ages ({result.left_out.age})"
        found.append(reply.choice(label, "find_study", age=ANY))
    if result.left_out.sex and query.sex is not None:
        label = f"Add studies for the other sex ({result.left_out.sex})"
        found.append(reply.choice(label, "find_study", sex=ANY))
    if result.left_out.healthy:
        label = f"Add studies that are not for healthy people ({result.left_out.healthy})"
        found.append(reply.choice(label, "find_study", volunteer=ANY))
    if result.left_out.not_open:
        label = f"Add studies that are not open ({result.left_out.not_open})"
        found.append(reply.choice(label, "find_study", recruiting=ANY))
    if query.statuses == ANY:
        found.append(reply.choice("Only open studies", "find_study", recruiting="open"))
    if query.from_home:
        more = f" ({result.left_out.from_home} more)" if result.left_out.from_home else ""
        found.append(reply.choice(f"Not only from home{more}", "find_study", setting=ANY))
    if not result.total:
        found.append(reply.choice("Start again", "start_again"))
    return found
