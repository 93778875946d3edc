"""`manage.py up`: the processes of the product in one terminal."""
