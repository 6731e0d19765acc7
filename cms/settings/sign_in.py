"""Signing in: passwords, what repeated failures lead to, how long a session lasts."""

from datetime import timedelta

from cms.settings.environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.PortalBackend"]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]

# A session ends when nobody does anything for so long, and so long after the sign-in at the latest.
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=2 * 60 * 60)
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=12 * 60 * 60)

# A code after the password: for roles that reach over the whole portal, for "all", or for nobody who has not
# asked for it ("none"). Too many wrong codes make an account wait as too many wrong passwords do.
TWO_FACTOR = env("TWO_FACTOR", default="roles")

# So many people one person may invite to one institution in 24 hours.
INVITATIONS_A_DAY = env.int("INVITATIONS_A_DAY", default=50)

# django-axes: so many wrong passwords for one name, or from one address, and that name or address waits.
AXES_ENABLED = True
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=10)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_PAUSE_MINUTES", default=15))
# Trying on while locked out does not make it longer: otherwise anybody could keep a person out for good.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# A success clears the name's own failures only (`accounts.lockout`): axes would clear those of other names
# from the same address too, and whoever has an account could go on guessing his neighbour's password.
AXES_RESET_ON_SUCCESS = False
AXES_CLIENT_IP_CALLABLE = "cms.client.address"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
