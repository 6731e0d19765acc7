"""The second step of signing in: a code of an authenticator app, or one of ten recovery codes.

Decision 0013 says why it is built on `pyotp` and the session, and what it does not protect against.
"""
