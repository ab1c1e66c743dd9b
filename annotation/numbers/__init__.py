"""The reader of numeric mentions: text -> numbers, read and normalised; nothing is learnt.

It needs the standard library and ``annotation.records``, and can be used alone:

    >>> from annotation.numbers.reader import read
    >>> [mention] = read("At least 40 trucks a day cross the border.")
    >>> mention.text, mention.low, mention.modifier, mention.unit, mention.noun
    ('At least 40 trucks', Decimal('40'), 'at_least', 'count/d', 'trucks')
"""
