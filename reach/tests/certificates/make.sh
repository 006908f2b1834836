#!/bin/sh
# Makes the certificates of the tests anew: an authority, what it signed, and what nobody should believe.
# Valid for a hundred years, but for the one that has expired. The keys guard nothing.
set -eu
cd "$(dirname "$0")"
rm -f -- *.pem *.key

own='subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
authority='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign'
server='basicConstraints=critical,CA:FALSE
extendedKeyUsage=serverAuth'

# make NAME EXTENSIONS SIGNER FROM UNTIL; whoever is its own signer signs itself.
make() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=outcry test $1" \
        -keyout "$1.key" -out request.tmp
    echo "$2" >extensions.tmp
    : >index.tmp
    if [ "$1" = "$3" ]; then set -- "$@" -selfsign; else set -- "$@" -cert "$3.pem"; fi
    name=$1 signer=$3 from=$4 until=$5
    shift 5
    openssl ca -batch -config ca.tmp -keyfile "$signer.key" "$@" -md sha256 -notext \
        -extfile extensions.tmp -startdate "$from" -enddate "$until" -in request.tmp -out "$name.pem"
}

cat >ca.tmp <<CONF
[ca]
default_ca = here
[here]
database = index.tmp
new_certs_dir = .
serial = serial.tmp
rand_serial = yes
policy = any
unique_subject = no
[any]
commonName = supplied
CONF

make authority "$authority" authority 20200101000000Z 21200101000000Z
make stranger "$authority" stranger 20200101000000Z 21200101000000Z
make floor "$server
$own" authority 20200101000000Z 21200101000000Z
make renewed "$server
$own" authority 20200101000000Z 21200101000000Z
make elsewhere "$server
subjectAltName=DNS:elsewhere.example" authority 20200101000000Z 21200101000000Z
make expired "$server
$own" authority 20200101000000Z 20200201000000Z
# Signed by itself, as a room makes it that knows no authority.
make room "$server
$own" room 20200101000000Z 21200101000000Z
rm -f -- *.tmp *.tmp.attr *.tmp.old *.tmp.attr.old authority.key stranger.key [0-9A-F]*[0-9A-F].pem
