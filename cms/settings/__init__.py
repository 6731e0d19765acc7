"""Settings, one file per concern.

`development` (no environment needed), `production` (refuses to start half configured) and
`test` each gather the concerns; every environment variable is described in docs/settings.md.
"""
