"""The search's numbers in Prometheus' text format (exposition format 0.0.4)."""

from search.operations.state import State

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(state: State) -> str:
    """One gauge a number; what cannot be learnt is left out."""
    gauges: list[tuple[str, str, float | int | bool | None]] = [
        ("documents", "Documents readers can find.", state.documents),
        ("outside_engine", "1 where an outside engine is set.", state.outside),
        ("engine_up", "1 where the engine set for readers answers.", not state.problem),
        ("engine_paused_seconds", "How long this process leaves the engine alone.", state.pause),
        ("indexed_documents", "Documents in the outside index.", state.indexed),
        ("outbox_waiting", "Changes not yet passed on to the outside index.", state.waiting),
        ("outbox_oldest_seconds", "Age of the oldest of these.", state.waiting_seconds),
        ("outbox_refused", "Documents the outside index does not take.", state.refused),
    ]
    lines = []
    for name, about, value in gauges:
        if value is not None:
            lines += [
                f"# HELP jippnas_search_{name} {about}",
                f"# TYPE jippnas_search_{name} gauge",
                f"jippnas_search_{name} {float(value):g}",
            ]
    return "\n".join(lines) + "\n"
