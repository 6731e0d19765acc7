from cms.refusals import RefusedError


class NotYoursError(RefusedError):
    """A step of the workflow that this person may not take, or that somebody else has taken meanwhile."""
