"""A model's card: what it was made from, how well it does, what it cannot do; in Markdown.

It begins with the front matter that the Hugging Face Hub reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotation.schema import Schema


def model_card(manifest: Mapping[str, Any], schema: Schema) -> str:
    """Data, metrics and limits of a model, in Markdown."""
    details, metrics = manifest["details"], manifest["metrics"]
    lines = [
        "---",
        "language: [en]",
        "license: unknown",
        "library_name: scikit-learn",
        "pipeline_tag: text-classification",
        "tags: [news, armed-conflict, event-coding, newsledger]",
        "metrics: [f1, precision, recall]",
        "---",
        "",
        f"# Model {manifest['id']}",
        "",
        f"Made {manifest['created']} from snapshot `{manifest['snapshot']}` with "
        + ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
        + ".",
        "",
        "## What it does",
        "",
        f"Ticks {len(schema.event_types)} event types and marks {len(schema.claim_kinds)} kinds of "
        "numeric claims, one sentence at a time. Suggestions for people to check.",
        "",
        "## Data",
        "",
        *(f"- {line}" for line in details.get("data", ())),
        "",
        "## Figures",
        "",
        *_metric_lines(metrics),
        "",
        "## Limits",
        "",
        *(f"- {line}" for line in details.get("limits", ())),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _metric_lines(metrics: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Metrics as a nested list, whatever their names; a list of labels as one line for each."""
    indent = "  " * depth
    for name, value in metrics.items():
        title = name.replace("_", " ")
        if isinstance(value, Mapping) and "low" not in value:
            yield f"{indent}- {title}"
            yield from _metric_lines(value, depth + 1)
        elif isinstance(value, list):
            yield f"{indent}- {title}"
            for one in value:
                cells = (
                    f"{key.replace('_', ' ')} {_number(one[key])}"
                    for key in one
                    if key != "label" and one[key] is not None
                )
                yield f"{indent}  - `{one['label']}`: {', '.join(cells)}"
        elif value not in (None, ""):
            yield f"{indent}- {title}: {_number(value)}"


def _number(value: Any) -> str:
    if isinstance(value, Mapping):
        low, middle, high = (value.get(key) for key in ("low", "value", "high"))
        return "–" if middle is None else f"{middle:.3f} [{low:.3f}, {high:.3f}]"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
