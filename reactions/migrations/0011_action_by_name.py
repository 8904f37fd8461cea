"""Who did it stays when their login is deleted. Of logins that are gone already nothing is known."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_them(apps, schema_editor):
    logins = apps.get_model('auth', 'User').objects.filter(pk=OuterRef('by'))
    actions = apps.get_model('reactions', 'Action').objects.filter(by__isnull=False)
    actions.update(by_name=Subquery(logins.values('username')[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('reactions', '0010_hours_by_hour'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='by_name',
            field=models.CharField(blank=True, help_text='Empty: the system.', max_length=150),
        ),
        migrations.AlterField(
            model_name='action',
            name='by',
            field=models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop, elidable=True),
    ]
