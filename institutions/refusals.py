from cms.refusals import RefusedError


class NotYoursError(RefusedError):
    """A step of the workflow that this person may not take, or that somebody else has taken meanwhile."""


class ChangedError(RefusedError):
    """The page is no more as it was shown to the person who decides about it."""


class NotNowError(RefusedError):
    """A change of an institution or its members that cannot be made as things stand."""


class TooManyError(RefusedError):
    """More of something than one person may do in a day."""
