#!/bin/sh
# run.sh - makes dictionaries/tagger.bin anew and measures it: training/run.sh --data DIR BUILD
# DIR holds the data sets (README.md says which), BUILD a build of lakwerk. The same data gives the same model.
set -eu

if [ $# -ne 3 ] || [ "$1" != --data ]; then
	echo "usage: training/run.sh --data DIR BUILD" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
data=$2
build=$3
made=$build/training/made
train=$build/training/train-tagger
lexicon=$made/lexicon.bin

mkdir -p "$made"
cp "$build/dictionaries/lexicon.bin" "$lexicon"
"$here/prepare.py" "$data" "$made"
"$here/generate.py" "$made/law.txt" "$made"
cat "$made/treebank-truth.txt" "$made/law-truth.txt" "$made/written-truth.txt" \
	"$made/labelled-truth.txt" >"$made/truth.txt"
# more than once: real text weighs more
"$train" train "$lexicon" "$made/tagger.bin" "$here/word-classes.tsv" "$made/truth.txt" "$made/made.txt" \
	"$made/law.txt" "$made/treebank.txt" "$made/treebank.txt" "$made/treebank.txt" "$made/treebank.txt" \
	"$made/written.txt" "$made/written.txt" "$made/labelled.txt" "$made/labelled.txt"
"$train" measure "$lexicon" "$made/tagger.bin" "$made/treebank-check.txt" "$made/news-check.txt" "$made/law-check.txt"
cp "$made/tagger.bin" "$here/../dictionaries/tagger.bin"
