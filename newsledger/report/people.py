"""What people are called in a report, which goes to others than those who label.

An annotator is known by an e-mail address. A page that a lead forwards need not hand these round,
so it shows what stands before the @; where two share that, a number tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotation.records import Annotation


def shown_names(annotators: Iterable[str]) -> Mapping[str, str]:
    """What to call each annotator; each has a name of their own.

    Args:
        annotators: as the server tells them, mostly e-mail addresses.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for annotator in sorted(set(annotators)):
        short = annotator.partition("@")[0] or annotator
        name, number = short, 1
        while name in taken:
            number += 1
            name = f"{short} {number}"
        taken.add(name)
        names[annotator] = name
    return names


def renamed(annotations: Iterable[Annotation], names: Mapping[str, str]) -> tuple[Annotation, ...]:
    """The same annotations by people of other names.

    Args:
        annotations: what people said.
        names: what to call each annotator.
    """
    return tuple(replace(one, annotator=names[one.annotator]) for one in annotations)
