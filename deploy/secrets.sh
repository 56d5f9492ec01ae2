#!/bin/sh
# Makes the secrets of docker-compose.yml in deploy/secrets: a password for each user, and their hashes for ClickHouse.
# What is there stays; take a file away to have a new password. The files can be read by the containers' users, who see
# only their own; on this machine the folder keeps everyone out but its owner.
set -eu
umask 077
folder=$(dirname "$0")/secrets
mkdir -p "$folder"
chmod 700 "$folder"

users='tocsin_migrator tocsin_writer tocsin_builder tocsin_api tocsin_reader'
for name in $users grafana_admin; do
  [ -s "$folder/$name" ] || head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$folder/$name"
  chmod 444 "$folder/$name"
done

hashes=$folder/clickhouse_users.xml
{
  echo '<clickhouse>'
  for name in $users; do
    hash=$(tr -d '\n' <"$folder/$name" | sha256sum | cut -d ' ' -f 1)
    echo "  <$name>$hash</$name>"
  done
  echo '</clickhouse>'
} >"$hashes.new"
chmod 444 "$hashes.new"
mv "$hashes.new" "$hashes"
