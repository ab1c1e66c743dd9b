"""Code conflict news: what people call, from the command line or from a notebook.

Importing it is cheap; scikit-learn and the Label Studio SDK load when they are needed.
"""

__version__ = "0.1.0"
