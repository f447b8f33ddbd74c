#!/bin/sh
# Makes roles and databases on a new Postgres: one role for each program, none a superuser. The image runs it once.
# Elsewhere: set PGHOST and PGPASSWORD, the administrator's name as POSTGRES_USER, and the four passwords below.
set -eu
: "${CAP_OWNER_PASSWORD:?}" "${CAP_API_PASSWORD:?}" "${CAP_WORKER_PASSWORD:?}" "${TEMPORAL_DB_PASSWORD:?}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner CAP_OWNER_PASSWORD
\getenv api CAP_API_PASSWORD
\getenv worker CAP_WORKER_PASSWORD
\getenv temporal TEMPORAL_DB_PASSWORD

CREATE ROLE cap_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE cap_api LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'api';
CREATE ROLE cap_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'worker';
CREATE ROLE temporal LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'temporal';

CREATE DATABASE cap OWNER cap_owner TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE temporal OWNER temporal TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE temporal_visibility OWNER temporal TEMPLATE template0 ENCODING 'UTF8';

REVOKE CONNECT, TEMPORARY ON DATABASE cap, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE cap TO cap_api, cap_worker;
SQL
