"""The words above a list of studies, and the choices below it."""

from actions import reply
from actions.wanted import ANY, named, plain_number
from actions.words import say
from index import SearchResult, StudyQuery


def headline(query: StudyQuery, result: SearchResult, further: int | None) -> str:
    """What was understood and found; honest when nothing is about the condition."""
    parts = [result.understood.note] if result.understood.note else []
    shown = len(result.results)
    if not result.total:
        parts.append(say("found_none", named=named(query)))
    elif query.condition and not query.offset and result.results[0].match == "related":
        parts.append(say("only_related", condition=query.condition, where=_where(query)))
    elif result.total == 1:
        parts.append(say("found_one", named=named(query)))
    elif shown == result.total:
        parts.append(say("found_all", total=result.total, named=named(query)))
    else:
        first, last = query.offset + 1, query.offset + shown
        parts.append(say("found", total=result.total, named=named(query), first=first, last=last))
    if further:
        parts.append(say("further", condition=query.condition))
    elif not result.total:
        parts.append(say("try_else"))
    if any(card.source == "demo" for card in result.results):
        parts.append(say("demonstration"))
    return "\n\n".join(parts)


def _where(query: StudyQuery) -> str:
    if query.place is None:
        return ""
    if query.miles is None:
        return f" near {query.place.label}"
    return f" within {plain_number(query.miles)} miles of {query.place.label}"


def choices(query: StudyQuery, result: SearchResult, further: int | None) -> list[reply.Choice]:
    """Show more, go back, look further away, and take a limit away that left studies out."""
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
        label = f"Look within {wider.miles} miles ({wider.adds} more)"
        found.append(reply.choice(label, "wider_search", distance=str(wider.miles)))
    if result.left_out.age and query.age is not None:
        label = f"Add studies for other ages ({result.left_out.age})"
        found.append(reply.choice(label, "find_study", age=ANY))
    if query.from_home:
        found.append(reply.choice("Not only from home", "find_study", setting=ANY))
    if not result.total:
        found.append(reply.choice("Start again", "start_again"))
    return found
