FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# Settings must be there to be read; none of these is kept.
RUN python -m tools.catalogues \
    && SECRET_KEY=only-while-this-image-is-built-0123456789-0123456789 \
       ALLOWED_HOSTS=build.example PUBLIC_URL=https://build.example \
       SEALING_KEYS=1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= \
       INDEX_KEY=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= \
       DATABASE_URL=postgresql://nobody@build.example/nothing \
       python manage.py collectstatic --noinput \
    && useradd --no-create-home kela_kunta

USER kela_kunta
EXPOSE 8000
CMD ["gunicorn", "kela_kunta.wsgi", "--bind", "0.0.0.0:8000"]
