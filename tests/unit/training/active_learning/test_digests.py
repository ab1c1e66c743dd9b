"""Texts known again by a number."""

from __future__ import annotations

from training.active_learning.digests import short_digest


def test_a_text_has_one_number_of_eight_bytes_in_every_process() -> None:
    assert short_digest("") == 0xE4A6A0577479B2B4
    assert short_digest("Kasala") != short_digest("kasala")
    assert 0 <= short_digest("half a pair: \ud800") < 2**64
