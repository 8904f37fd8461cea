"""How dates are written where a template or the desk doesn't say: django.conf.locale for our paper."""
