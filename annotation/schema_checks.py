"""What a labelling configuration must be so that newsledger can read what is labelled with it.

Each check looks at the XML alone, and raises a SchemaError that names the place and the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from annotation.errors import SchemaError

_VALUES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "choice": (("Choices",), ("single", "single-radio", "multiple")),
    "excludes": (("Choice",), ("rest",)),
    "marks": (("Choice",), ("boilerplate",)),
    "bulk": (("Choice",), ("true", "false")),
    "harm": (("Label",), ("death", "injury", "disappearance", "capture")),
    "corrects": ((), ("day", "place")),
    "perRegion": ((), ("true", "false")),
}
"""By attribute the tags at which it is looked at, none for all, and what it may say there."""


def require_one_of_each(
    choices: list[ElementTree.Element], labels: list[ElementTree.Element], where: str
) -> None:
    """Refuse a configuration with nothing to label, or with two controls for one purpose."""
    if not choices and not labels:
        raise SchemaError(
            f"{where} has neither <Choices> nor <Labels>, so there is nothing to label.",
            hint="Add a <Choices> with the event types, a <Labels> with the claim kinds, or both; "
            'a <Choices perRegion="true"> speaks of single spans, and a <Taxonomy> is read once '
            "its last parts stand in a <Choices> of the same name.",
        )
    for tag, found in (("<Choices>", choices), ("<Labels>", labels)):
        if len(found) > 1:
            names = names_of(one.get("name", "?") for one in found)
            raise SchemaError(
                f"{where} has {len(found)} {tag} for whole sentences ({names}); "
                "newsledger reads one.",
                hint='Keep one, or mark the attributes of a claim with perRegion="true".',
            )


def require_names_of_their_own(root: ElementTree.Element, where: str) -> None:
    """Refuse two controls or texts of one name: nobody could tell what was said with which."""
    shown = [tag for tag in root.iter() if tag.get("toName") or tag.get("value", "")[:1] == "$"]
    names = [tag.get("name") for tag in shown]
    if twice := {one for one in names if one and names.count(one) > 1}:
        raise SchemaError(
            f"{where}: the name {names_of(twice)} stands at two tags.",
            hint="Give each a name of its own; Label Studio would refuse it too.",
        )


def require_known_values(root: ElementTree.Element, where: str) -> None:
    """Refuse an attribute that says something else than newsledger knows, and would be passed by.

    Others are Label Studio's, and not looked at.
    """
    for tag in root.iter():
        for name in tag.attrib.keys() & _VALUES.keys():
            tags, known = _VALUES[name]
            said = tag.get(name)
            if said and said not in known and (not tags or tag.tag in tags):
                raise SchemaError(
                    f'{where}: a <{tag.tag}> has {name}="{said}".',
                    hint=f"There are {names_of(known)}; or leave it out.",
                )


def require_choices(controls: Iterable[ElementTree.Element | None], where: str) -> None:
    """Refuse a control of one of several words in which people would type, or tick a path.

    Args:
        controls: those in which nothing but a word that is offered can be read; None for none.
        where: what to call the configuration in messages.
    """
    for tag in controls:
        if tag is not None and tag.tag != "Choices":
            name = tag.get("name")
            raise SchemaError(
                f'{where}: the control "{name}" is a <{tag.tag}>, and what is read of it is '
                "one of several words.",
                hint=f'Write <Choices name="{name}" perRegion="true"> with a <Choice> for each.',
            )


def require_plain_text(root: ElementTree.Element, where: str) -> None:
    """Refuse a configuration of which people label something else than a plain text."""
    controls = [*root.iter("Choices"), *root.iter("Labels")]
    targets = {control.get("toName") for control in controls}
    marks_text = root.find(".//Labels") is not None
    for tag, labels in (("HyperText", "HyperTextLabels"), ("Paragraphs", "ParagraphLabels")):
        labelled = any(one.get("name") in targets for one in root.iter(tag))
        if labelled or (not marks_text and root.find(f".//{labels}") is not None):
            raise SchemaError(
                f"{where} labels a <{tag}>, and newsledger reads labels of a <Text>.",
                hint=f"Show plain text: write <Text> for <{tag}> and <Labels> for <{labels}>, "
                "and label in a project with that configuration.",
            )


def names_of(labels: Iterable[str]) -> str:
    """Names, quoted and joined for a sentence: a tuple as it is, others in their order."""
    return ", ".join(
        f"'{label}'" for label in (labels if isinstance(labels, tuple) else sorted(labels))
    )
