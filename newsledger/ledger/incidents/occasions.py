"""Whether those who died are told of only as the occasion of something else that a sentence tells.

"Residents protested over *the killing of two traders*", "a court sentenced him for *the murder of
three*": they did die, and it is claimed; but it was earlier, and no death of what is reported. It
is told by words and by how they follow one another within one clause; nothing is learnt.
"""

from __future__ import annotations

import re

from annotation.numbers.implied.lexicon import DEADLY


def _one_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_ACT = _one_of(
    # what people do about deaths; who only condemns them tells of them
    r"protest\w* demonstrat\w* rall(?:y|ied|ies|ying) march(?:ed|es|ing)? sit-ins? on\sstrike"
    r" general\sstrike vigils? shutdowns? bandh curfews? blockades? blocked mourn\w* commemorat\w*"
    r" anniversar\w+ funerals? memorials? tributes? gathered gathering picket\w* candles"
)
_COURT = _one_of(
    # what courts and the police do about them
    r"sentenc\w+ convict\w+ jailed imprisoned charged indict\w+ trials?"
    r" (?:was|were|been|being)\stried acquitt\w+ guilty"  # who "tried to storm it" is in no court
    r" extradit\w+ courts? arrest(?:ed|ing)?"
)
_PUT_UP = "memorials? monuments? statues? plaques? tributes?"
_MEMORIAL = _one_of(
    # what is held, put up or laid for the dead
    rf"{_PUT_UP} vigils? services? requiem funerals?"
    r" moments?\sof\ssilence minutes?\sof\ssilence (?:minute|moment)['’]s\ssilence candles flowers"
    r" wreaths? prayers"
)
_MONUMENT = _one_of(rf"{_PUT_UP} paid\srespects")
_BLAMED = (
    r"(?<!blamed)(?<!responsible)(?<!accountable)(?<!accounted)(?<!searched)(?<!searching)"
    r"(?<!hunted)(?<!looking)"
)
"""Not behind these: "a blast at a vigil was *blamed* for", "rescue services *searched* for"."""
_EVENT = _one_of(
    "day night attack assault bomb(?:ing)? blast explosion shooting raid strike airstrike ambush"
    " massacre gunman bomber landmine mine mob crash fire earthquake flood"
)
_AN_EVENT = rf"\s(?:an?|the)(?:\s(?!(?:an?|the)\b)[\w-]+){{0,3}}?\s{_EVENT}"
"""What is told with no other clause in between: no "the coup *gunmen*", "the war *a mine*"."""
_THE = r"(?:\s(?:the|all|those|his|her|their|its))?"
_LOSS = _one_of(
    r"killings? deaths? murders? assassinations? shootings? lynchings? executions? massacres?"
    r" slayings? drowning abduction beheading"
)
_OVER = (
    r"(?:over|against|(?<!was\sresponsible\s)(?<!were\sresponsible\s)for|after|following|since"
    r"|because\sof|due\sto|in\sresponse\sto|in\s(?:connection|relation)\s(?:with|to)|involved\sin"
    r"|(?:condemn|denounc|protest|honou?r|commemorat|mourn|remember|mark)\w*|in\smemory\sof)"
)
_REVENGE = r"(?:revenge|retaliation|reprisals?|vengeance|response)\s(?:for|to|over)"
_STEP = r"\s(?!(?:and|but|while|when|where|as|they|he|she|clashed|clashing)\b)[^\s,;:.]+"
"""A word that goes on with the same clause."""

_DONE = (
    r"(?<!who\s)(?<!who\shad\s)(?<!that\s)\b(?:"
    + _one_of("protested demonstrated rallied marched mourned gathered blocked picketed")
    + rf"|{_one_of('held staged organi[sz]ed imposed declared observed joined on')}\b"
    + rf"(?:\s\S+){{0,6}}?\s{_ACT}"
    + rf"|{_ACT}\s(?:was|were)\s(?:held|staged|organi[sz]ed|imposed|declared|called))"
)
"""An act that is told to have been done. What is only named may be what killed: "*protests* after
the vote left 20 dead"."""

_HOUR = r"\s(?:dawn|dark|dusk|nightfall|midnight|noon|sunset|sunrise|(?:[A-Z]\w+\s)?prayers?)\b"
"""What tells when, and no reason: "protested after *dark*"."""

_WHOSE = rf"(?:\s(?:the|an?|this|that|his|her|their|its|[\w-]+['’]s?)(?:{_STEP}){{0,2}}?)?"
_AFTER_LOSS = rf"{_WHOSE}(?:\s(?:police|recent|alleged))?\s{_LOSS}(?:{_STEP}){{0,6}}?\s$"
"""From what leads on to a death up to those who died: no verb stands between, as in "at dawn
*caused* the deaths of"."""

_BEFORE = re.compile(
    # "demonstrated over the killing of", "was sentenced for the murder of"
    rf"\b(?:{_ACT}|{_COURT})\b[^;:.]*?\b{_OVER}{_AFTER_LOSS}"
    # "was charged with the murder of", "in protest at the killing of"
    rf"|\b(?:charged|convicted|acquitted|guilty)(?:{_STEP}){{0,3}}?\s(?:with|of){_AFTER_LOSS}"
    rf"|\b(?:trial\sof|protest(?:s|ed|ing)?\sat){_AFTER_LOSS}"
    # "to protest the killing of"
    rf"|\bprotest(?:s|ed|ing)?{_AFTER_LOSS}"
    # "on the anniversary of the attack in which", "of the massacre of"
    rf"|\b(?:anniversar\w+|commemoration|memorial)\s(?:of|for)"
    rf"(?:{_AFTER_LOSS}|(?:{_STEP}){{1,6}}?\s(?:in\swhich|that\skilled)(?:{_STEP}){{0,3}}?\s$)"
    # "in retaliation for the killing of"
    rf"|\b{_REVENGE}{_AFTER_LOSS}"
    # "clashes that erupted over the killing of", "to avenge the death of"; nothing but that between
    rf"|\b(?:(?:clash\w*|fighting|violence|riots?)\b(?:{_STEP}){{0,4}}?\sover|aveng\w*)"
    rf"\s(?:the\s)?(?:alleged\s)?{_LOSS}\sof\s$"
    # "was convicted of killing"
    rf"|\b{_COURT}\b(?:{_STEP}){{0,4}}?\s(?:of|for|with|over)(?:\shaving)?\s(?:killing|murdering)"
    rf"(?:{_STEP}){{0,2}}?\s$"
    # "protested after a gas leak killed"
    rf"|{_DONE}\b[^;:.]*?\b(?:after|because)(?!\swhich|{_HOUR})"
    rf"(?:(?!\s(?:killing|leaving)\s){_STEP}){{0,9}}?\s$"
    # "held a vigil against policies having executed"
    rf"|\b{_ACT}\b(?:{_STEP}){{0,6}}?\shaving\s\w+ed\s$"
    # "candles to honour", "the funeral of"
    r"|\b(?:honou?r|commemorat|mourn|remember)\w*(?:\sthe\s(?:death|loss|memory)s?\sof)?"
    rf"{_THE}\s$"
    rf"|\b(?:memory|funerals?|burial|anniversary|trial)\s(?:of|for){_THE}\s$"
    # "a vigil was held in the square for"; but "a blast at a vigil was blamed for"
    rf"|\b{_MEMORIAL}\b(?:{_STEP}){{0,6}}?{_BLAMED}\sfor{_THE}\s$"
    rf"|\b{_MONUMENT}(?:\s(?:was|were|is|are|be|been|being|paid)){{0,3}}\sto{_THE}\s$"
    # "the anniversary of the day a bomb killed", "five years after a bomb killed"
    rf"|\banniversary\sof\sthe\s(?:day|night)\b(?:{_STEP}){{1,9}}?\skilled\s$"
    rf"|\byears?\safter(?:{_AN_EVENT}\s(?:had\s)?killed)?{_THE}\s$",
    re.IGNORECASE,
)
"""What stands before those who died."""

_DEADLY = re.compile(
    rf"\b(?:{_LOSS}|{'|'.join(sorted(DEADLY))}|shot|executed|crush\w*|drowned|burn\w+|suffocated)\b",
    re.IGNORECASE,
)
"""Without such a word a sentence is not looked at."""

_REACH = 300
"""Code points on each side in which the occasion is looked for; the bound keeps odd texts fast."""

_KIN = re.compile(
    rf"\b{_one_of('family relatives friends parents colleagues widow mother father residents')}"
    r"(?:\smembers)?\sof\s$",
    re.IGNORECASE,
)
_DIED = re.compile(r"^(?:,|\s)\s?(?:who|which)\s(?:had\s|has\s|have\s)?(?:died|was|were|been)\b")
_ACTS = re.compile(rf"\b{_ACT}\b", re.IGNORECASE)
_BURIED = re.compile(
    r"^\s(?:who\s(?:(?:had|was|were|have|has|been)\s)*)?"
    rf"(?:{'|'.join(sorted(DEADLY))}|shot|drowned)\b(?:\s(?!and\b)[^\s,;:.]+){{0,9}}?"
    r"\s(?:was|were|are|is|have\sbeen|has\sbeen)\s(?:finally\s|later\s)?"
    r"(?:(?:buried|cremated|interred)(?!\s(?:under|beneath|in\s(?:the\s)?(?:rubble|mud|debris)|alive))"
    r"|laid\sto\srest|mourned|remembered|honou?red|commemorated)\b",
    re.IGNORECASE,
)
_WHO_KILLED = re.compile(r"\bwho\s(?:had\s)?\w+\s$", re.IGNORECASE)
_EARLIER = re.compile(
    r"^[^,;:.]{0,40}?\b(?:earlier\sthat\s\w+|(?:the|a)\s(?:previous\s)?\w+\s"
    r"(?:before|earlier)|the\sprevious\s\w+|\w+\s(?:days|weeks|months|years)"
    r"\s(?:earlier|before))\b",
    re.IGNORECASE,
)


def is_occasion(text: str, start: int, end: int) -> bool:
    """Whether those counted died earlier, and are told of as the reason for something else.

    Args:
        text: a sentence.
        start: where those who died stand in it, in code points.
        end: where that ends (exclusive).
    """
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if not _DEADLY.search(text):
        return False
    if _BEFORE.search(before):
        return True
    if _KIN.search(before) and _DIED.match(behind) and _ACTS.search(text):
        return True
    if _BURIED.match(behind):
        return True
    return bool(_WHO_KILLED.search(before) and _EARLIER.match(behind))
