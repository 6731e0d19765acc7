"""Background work: one worker process runs tasks and periodic jobs (`manage.py run_worker`)."""

# The database backend: the immediate one would run tasks before a page's child rows are saved.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
