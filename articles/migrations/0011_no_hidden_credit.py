"""A photo is never shown without its credit: nothing ever set the column that said otherwise."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_series_rights")]

    operations = [migrations.RemoveField(model_name="photouse", name="hide_credit")]
