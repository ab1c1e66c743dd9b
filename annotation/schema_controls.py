"""The controls of a labelling configuration, each read of the XML by itself.

What cannot be used is refused with a SchemaError that names the place and the way out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from annotation.errors import SchemaError
from annotation.records import POLICIES, Policy
from annotation.schema_checks import names_of

DAY = {"tag": "DateTime", "only": "date", "format": "%Y-%m-%d"}
"""What the control is in which a day can be typed; that format is the default, too."""

PLACE = {"tag": "TextArea"}
"""The same of a place."""

_VARIABLE = re.compile(r"\$(\w+)")


def labelled_text(
    root: ElementTree.Element, controls: list[ElementTree.Element], where: str
) -> tuple[str, str]:
    """Name of the one ``<Text>`` that the controls label, and the task's field that it shows."""
    targets = {control.get("toName", "") for control in controls}
    texts = {tag.get("name"): tag for tag in root.iter("Text")}
    name = next(iter(targets))
    if len(targets) != 1 or name not in texts:
        raise SchemaError(
            f"{where}: the controls do not all label one <Text> (toName is {names_of(targets)}).",
            hint="Give <Choices> and <Labels> the toName of the same <Text>.",
        )
    if texts[name].get("valueType") == "url":
        raise SchemaError(
            f'{where}: <Text name="{name}" valueType="url"> shows what stands at an address, and '
            "its tasks hold addresses, not sentences.",
            hint="Put the text itself into the field of the tasks, and leave valueType out.",
        )
    variable = _VARIABLE.fullmatch(texts[name].get("value", ""))
    if variable is None:
        raise SchemaError(
            f'{where}: <Text name="{name}"> needs a value like "$text".',
            hint="Write a $ and the name of the task's field.",
        )
    return name, variable.group(1)


def correcting_control(
    root: ElementTree.Element, what: str, form: Mapping[str, str], where: str
) -> str | None:
    """Name of the control that corrects the day or the place, None for none.

    Any other kind of control would take what people type, and nobody could read it.
    """
    found = [tag for tag in root.iter() if tag.get("corrects") == what]
    if len(found) > 1:
        raise SchemaError(
            f'{where} has {len(found)} controls with corrects="{what}".', hint="Keep one of them."
        )
    for tag in found:
        told = {"tag": tag.tag, "format": form.get("format", ""), **tag.attrib}
        if tag.get("perRegion") == "true" or not told.items() >= form.items():
            wanted = "".join(f' {key}="{one}"' for key, one in form.items() if key != "tag")
            raise SchemaError(
                f'{where}: <{tag.tag} name="{tag.get("name", "")}"> has corrects="{what}", '
                f"but what is typed there is not the {what} of the sentence.",
                hint=f'Write <{form["tag"]}{wanted} corrects="{what}"/>, without perRegion.',
            )
    return control_name(found[0] if found else None, where)


def denying_day(root: ElementTree.Element, where: str) -> ElementTree.Element | None:
    """The control that takes the day away, None for none."""
    found = [tag for tag in root.iter() if "denies" in tag.attrib]
    for tag in found:
        fits = tag.tag == "Choices" and tag.get("perRegion") != "true"
        if tag.get("denies") != "day" or not fits or len(found) > 1 or len(tag) != 1:
            raise SchemaError(
                f'{where}: <{tag.tag} name="{tag.get("name", "")}"> has '
                f'denies="{tag.get("denies")}", but is not the one <Choices denies="day"> with '
                "one <Choice> in it.",
                hint="Keep one such control, without perRegion; that there is no place is typed "
                "into the field of the place: -",
            )
    return found[0] if found else None


def favours_recall(events: ElementTree.Element | None, where: str) -> bool:
    """Whether the event types ask for more suggestions, of which more are wrong."""
    favours = events.get("favours") if events is not None else None
    if favours not in (None, "recall"):
        raise SchemaError(
            f'{where}: <Choices> has favours="{favours}".',
            hint='Write favours="recall" for more suggestions, or leave it out for the best F1.',
        )
    return favours == "recall"


def modifiers_offered(control: ElementTree.Element | None) -> tuple[str, ...]:
    """Aliases of what the control of modifiers offers, in order."""
    choices = control.iter("Choice") if control is not None else ()
    return tuple(one.get("alias") or one.get("value") or "" for one in choices)


def task_fields(root: ElementTree.Element) -> tuple[str, ...]:
    """Names of the task's fields that any attribute shows as ``$name``, sorted."""
    shown = (value for tag in root.iter() for value in tag.attrib.values())
    return tuple(sorted({name for value in shown for name in _VARIABLE.findall(value)}))


def policy_of(modifiers: ElementTree.Element | None, where: str) -> Policy:
    """The policy that the control of modifiers names."""
    named = modifiers.get("policy", POLICIES[0]) if modifiers is not None else POLICIES[0]
    for policy in POLICIES:
        if policy == named:
            return policy
    raise SchemaError(
        f'{where}: the control "modifier" has policy="{named}".',
        hint=f"There are {names_of(POLICIES)}; docs/codebook.md says what each makes of 'dozens'.",
    )


def control_name(tag: ElementTree.Element | None, where: str) -> str | None:
    """The name by which what is said with a control is stored; None for none."""
    if tag is None:
        return None
    name = tag.get("name")
    if not name:
        raise SchemaError(f"{where}: <{tag.tag}> has no name.", hint='Add name="…".')
    return name
