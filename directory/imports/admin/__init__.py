"""Imports in the admin: upload, look at the plan, agree to it, watch it being written, fetch the refused."""
