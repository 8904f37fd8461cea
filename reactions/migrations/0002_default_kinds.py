"""The kinds every newsroom starts with, and the set that is shown where nothing else is chosen.

The numbers in the second column are WP Reactions Lite's ids (Config::EMOJI_NAMES of the plugin);
imports find kinds by them. The emoji are our own choice.
"""

from django.db import migrations

QUESTION = 'What do you think?'
# slug, id in WP Reactions Lite, emoji, label. The default set has the first seven, in this order.
KINDS = [
    ('thumbs-up', 8, '👍', 'Thumbs up'),
    ('heart', 10, '❤️', 'Heart'),
    ('laugh', 4, '😂', 'Laugh'),
    ('wow', 5, '😮', 'Wow'),
    ('love', 2, '😍', 'Love'),
    ('disappointed', 7, '😞', 'Disappointed'),
    ('crying', 12, '😢', 'Crying'),
    ('wink', 1, '😉', 'Wink'),
    ('cool', 3, '😎', 'Cool'),
    ('sleepy', 6, '😴', 'Sleepy'),
    ('thumbs-down', 9, '👎', 'Thumbs down'),
    ('poo', 11, '💩', 'Poo'),
    ('angry', 13, '😡', 'Angry'),
    ('smile', 14, '🙂', 'Smile'),
]
IN_DEFAULT_SET = 7


def add_defaults(apps, schema_editor):
    kinds = [
        apps.get_model('reactions', 'ReactionKind').objects.get_or_create(
            slug=slug, defaults={'legacy_wp_id': wp_id, 'emoji': emoji, 'label': label}
        )[0]
        for slug, wp_id, emoji, label in KINDS
    ]
    default, made = apps.get_model('reactions', 'ReactionSet').objects.get_or_create(
        is_default=True, defaults={'slug': 'default', 'question': QUESTION}
    )
    if made:
        apps.get_model('reactions', 'SetKind').objects.bulk_create(
            apps.get_model('reactions', 'SetKind')(set=default, kind=kind, order=order)
            for order, kind in enumerate(kinds[:IN_DEFAULT_SET])
        )


class Migration(migrations.Migration):

    dependencies = [('reactions', '0001_initial')]

    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop, elidable=False)]
