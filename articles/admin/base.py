"""What every list of the desk has in common."""

from django.contrib import admin


class DeskAdmin(admin.ModelAdmin):
    """No COUNT of the whole table beside a filtered list; 50 rows a page."""

    show_full_result_count = False
    list_per_page = 50
