"""The errors: everything that can go wrong and that the user can correct.

    NewsledgerError
    ├── InputError              what the user gave us to read
    │   ├── ArticleError          a file, row or URL that is not a readable article
    │   │   ├── EmptyFolderError        a folder in which there is nothing
    │   │   └── UnreachedError          a page whose server does not answer, or not now
    │   ├── ExportError           a Label Studio export that cannot be understood
    │   └── LabelsError           labels of another tool that cannot be understood
    ├── SchemaError             label_config.xml cannot be used
    │   ├── UnknownLabelError     a label that the schema does not have
    │   └── SchemaMismatchError   two schemas that should be one
    ├── StudioError             Label Studio did not do what was asked
    │   ├── StudioUnreachableError  nobody answers, or something else does
    │   ├── StudioAuthError         the token is refused
    │   ├── StudioGoneError         the project or task is not there any more
    │   ├── StudioUncertainError    whether a call was carried out is open
    │   └── StudioStorageError      the server stored less than we sent
    ├── SnapshotError           a dataset directory that is damaged or incomplete
    ├── ModelError              a model that cannot be loaded or used
    │   ├── ModelDamagedError     digest, size or manifest do not fit
    │   └── ModelVersionError     made by another scikit-learn, or by a later newsledger
    ├── WorkerError             other processes that were to do the work do not
    ├── TrainingError           the labels do not suffice for a model
    ├── WorkspaceError          the workspace cannot be read or written
    └── ServerError             the local Label Studio does not start or stop

Each error is one sentence that says what is wrong and where, and a ``hint`` that says what to
do next. The command line prints both and exits with 1; anything that is not in this tree is a
bug of ours, and exits with 3.
"""

from __future__ import annotations


class NewsledgerError(Exception):
    """Raised when something fails that the user can correct; the root of the tree."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        """One sentence: what is wrong, and where."""
        self.hint = hint
        """One sentence: what to do next; may be empty."""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(NewsledgerError):
    """Raised when something that the user gave us cannot be read."""


class ArticleError(InputError):
    """Raised when a file, a row or a URL is not a readable article."""


class EmptyFolderError(ArticleError):
    """Raised when there is nothing in a folder; more may come."""


class UnreachedError(ArticleError):
    """Raised when a page's server does not answer, or says that it cannot do so now.

    The same address may be asked again later; of every other error the answer would be the same.
    """

    def __init__(self, message: str, *, where: str, hint: str = "", wait: float = 0.0) -> None:
        super().__init__(message, hint=hint)
        self.where = where
        """The address, as it was given to us."""
        self.wait = wait
        """Seconds that the server asked to be left alone for; 0 where it named none."""


class ExportError(InputError):
    """Raised when a Label Studio export cannot be understood."""


class LabelsError(InputError):
    """Raised when labels that were made with another tool cannot be understood."""


class SchemaError(NewsledgerError):
    """Raised when a labelling configuration cannot be used."""


class UnknownLabelError(SchemaError):
    """Raised when a label does not occur in the schema."""


class SchemaMismatchError(SchemaError):
    """Raised when two schemas that should be one differ; names the labels added and removed."""


class StudioError(NewsledgerError):
    """Raised when Label Studio did not do what was asked."""


class StudioUnreachableError(StudioError):
    """Raised when no Label Studio answers at the address."""


class StudioAuthError(StudioError):
    """Raised when Label Studio refuses the token."""


class StudioGoneError(StudioError):
    """Raised when the project or task has been deleted on the server."""


class StudioUncertainError(StudioError):
    """Raised when it is open whether Label Studio has carried out a call, or still will.

    It failed, or somebody between it and us answered in its place, or the connection broke off, or
    no answer came in time.
    """


class StudioStorageError(StudioError):
    """Raised when the server stored less than it was sent, also after trying again."""


class SnapshotError(NewsledgerError):
    """Raised when a dataset directory is damaged or incomplete."""


class ModelError(NewsledgerError):
    """Raised when a model cannot be loaded or used."""


class ModelDamagedError(ModelError):
    """Raised when a model's files do not fit its manifest."""


class ModelVersionError(ModelError):
    """Raised when a model was made by other versions than the ones installed."""


class TrainingError(NewsledgerError):
    """Raised when the labels do not suffice for a model."""


class WorkerError(NewsledgerError):
    """Raised when other processes that were to do some of the work end or cannot be reached."""


class WorkspaceError(NewsledgerError):
    """Raised when the workspace cannot be read or written."""


class ServerError(NewsledgerError):
    """Raised when the local Label Studio does not start or does not stop."""


def lacks_extra(what: str, extra: str) -> InputError:
    """The error where a plain install lacks what something needs.

    Args:
        what: what needs it, in the plural, as a sentence begins with it.
        extra: the part of newsledger that brings it.
    """
    return InputError(
        f"{what} need a part of newsledger that is not installed here.", hint=install_hint(extra)
    )


def install_hint(extra: str) -> str:
    """What to type for a part of newsledger that a plain install leaves out."""
    return f"Install it: pip install 'newsledger[{extra}]'"
