#!/bin/sh
# Brings Temporal's two databases to the schema of this image's tools. Changes nothing when they have it already.
set -eu

bring() {
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

bring temporal temporal
bring temporal_visibility visibility
