"""Who says so: text -> the sources that a sentence names, and what they speak for.

Rules on words, nothing is learnt; it needs the standard library only, and can be used alone:

    >>> from annotation.attribution.reader import attribution_of, attributions
    >>> text = "Police said 12 people died, but witnesses put the toll at 20."
    >>> [(one.source, one.cue) for one in attributions(text)]
    [('Police', 'said'), ('witnesses', 'put')]
    >>> attribution_of(text, 12, 21), attribution_of(text, 58, 60)
    ('Police', 'witnesses')
"""
