"""What beat runs: the timetable alone, without Django, in a fraction of its memory.

`celery -A newsroom.beat beat`. It sends tasks by name and knows nothing of what they do.
"""

from celery import Celery

app = Celery("newsroom-beat", fixups=[], set_as_current=False)
app.config_from_object("newsroom.settings_celery", namespace="CELERY")
