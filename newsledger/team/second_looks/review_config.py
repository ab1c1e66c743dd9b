"""The review project: the main project's page, with why and who said what above it."""

from __future__ import annotations

from xml.etree import ElementTree

from annotation.labelstudio.projects.side_projects import SideConfig
from annotation.schema import Schema

_TITLE = "newsledger: review"
"""Name of the project in Label Studio."""
KIND = "review"
"""What is decided in it."""
REASON = "reason"
"""Name of the control in which a reason is typed."""
SAYS = "review"
"""Field of a task's data with the reasons and answers."""

_STYLE = """
.nl-review { border: 1px solid var(--color-neutral-border); border-radius: 6px; padding: 6px 14px; }
.nl-review ul { margin: 0 0 4px; padding-left: 16px; list-style: disc; }
.nl-review table { border-collapse: collapse; }
.nl-review li, .nl-review th, .nl-review td { font-size: 14px; line-height: 20px; }
.nl-review th, .nl-review td { text-align: left; vertical-align: top; padding: 0 24px 0 0; }
.nl-review th { font-weight: 600; }
.nl-reason .lsf-text-area { margin: 0 !important; }
"""
_INSTRUCTIONS = """
<p>Each sentence here was labelled before, and is worth a second look: the box above it says why,
and what each person said. Correct what is ticked and marked until it is right, with the same keys
as always, and submit it: from the next <code>newsledger pull</code> on your answer is what counts.
Where it was a close call, say in one line why; such lines can be added to the codebook.</p>
"""


def review_config(schema: Schema) -> SideConfig:
    """The review project of a schema: its page with one box more above and one field more below.

    Args:
        schema: that of the main project.
    """
    root = ElementTree.fromstring(schema.xml)  # noqa: S314  # it has been parsed before
    above = ElementTree.Element("View", {"className": "nl-review"})
    ElementTree.SubElement(
        above,
        "HyperText",
        {"name": SAYS, "value": f"${SAYS}", "inline": "true", "selectionEnabled": "false"},
    )
    style = ElementTree.Element("Style")
    style.text = _STYLE
    place = sum(1 for child in root if child.tag == "Style")
    root.insert(place, style)
    root.insert(place + 1, above)
    below = ElementTree.SubElement(root, "View", {"className": "nl-reason"})
    ElementTree.SubElement(
        below,
        "TextArea",
        {
            "name": REASON,
            "toName": schema.text_control,
            "maxSubmissions": "1",
            "rows": "1",
            "editable": "true",
            "placeholder": "A close call? Say why in one line; Enter keeps it",
        },
    )
    xml = ElementTree.tostring(root, encoding="unicode")
    return SideConfig(KIND, _TITLE, xml, _INSTRUCTIONS)
