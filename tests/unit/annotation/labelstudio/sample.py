"""A schema with every control, and a sentence."""

from __future__ import annotations

from annotation.records import Sentence
from annotation.schema import parse_schema

XML = """
<View>
  <Header value="$headline"/>
  <Labels name="claim" toName="t">
    <Label alias="killed" value="killed"/><Label alias="at_risk" value="at risk"/>
  </Labels>
  <Text name="t" value="$text"/>
  <Number name="low" toName="t" perRegion="true"/>
  <Number name="high" toName="t" perRegion="true"/>
  <Choices name="modifier" toName="t" perRegion="true">
    <Choice value="about"/><Choice alias="at_least" value="at least"/>
  </Choices>
  <TextArea name="attribution" toName="t" perRegion="true"/>
  <Choices name="event" toName="t" choice="multiple">
    <Choice alias="clash" value="Armed clash"/><Choice alias="siege" value="Siege"/>
  </Choices>
</View>
"""
SCHEMA = parse_schema(XML)
TEXT = "At least 12 died, 🙂 officials said."
SENTENCE = Sentence("a:0003", "a", 3, 40, 40 + len(TEXT), TEXT)
