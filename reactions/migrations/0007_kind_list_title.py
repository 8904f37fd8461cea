"""What heads a kind's list of stories. For kinds that a newsroom chose itself it is left to them."""

from django.db import migrations

import articles.fields

TITLES = {
    'heart': 'What readers took to heart',
    'laugh': 'What made readers laugh',
    'wow': 'What amazed readers',
    'love': 'What readers fell in love with',
    'disappointed': 'What let readers down',
    'crying': 'What moved readers to tears',
    'cool': 'What readers found cool',
    'angry': 'What made readers angry',
    'smile': 'What made readers smile',
}


def add_titles(apps, schema_editor):
    kinds = apps.get_model('reactions', 'ReactionKind').objects
    for slug, title in TITLES.items():
        kinds.filter(slug=slug, list_title='').update(list_title=title)


class Migration(migrations.Migration):

    dependencies = [
        ('reactions', '0006_hours_outlive_articles'),
    ]

    operations = [
        migrations.AddField(
            model_name='reactionkind',
            name='list_title',
            field=articles.fields.LineField(blank=True, help_text='Heads the stories that got most of it, for example: What made readers laugh. Empty: no place of its own on the front page.', max_length=60),
        ),
        migrations.RunPython(add_titles, migrations.RunPython.noop, elidable=False),
    ]
