"""The desk: where a person sits who codes conflict news.

Importing it is cheap; scikit-learn and the Label Studio SDK load when a verb needs them.
"""

__version__ = "0.1.0"
