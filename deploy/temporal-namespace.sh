#!/bin/sh
# Makes the namespace and its search attributes (temporal/names.ts), and sets how long histories are kept. Can be run again.
set -eu

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
fi

# A new namespace is known to every part of the server some seconds later.
tries=30
until known=$(temporal operator search-attribute list --output json 2>/dev/null); do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "The namespace $TEMPORAL_NAMESPACE did not become known" >&2; exit 1; }
  sleep 1
done

for attribute in CapProgramme=Keyword CapStage=Keyword CapPanel=Keyword CapSchool=Keyword CapWaitingFor=Keyword \
  CapDue=Datetime CapStep=Int; do
  name=${attribute%=*}
  case "$known" in
    *"\"$name\""*) ;;
    *) temporal operator search-attribute create --name "$name" --type "${attribute#*=}" ;;
  esac
done
