#!/bin/sh
# run.sh - makes dictionaries/tagger.bin and calibration.bin anew and measures them: training/run.sh --data DIR BUILD
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

# Trains a model on everything and the labelled documents of a folder, into that folder.
train_model() {
	cat "$made/treebank-truth.txt" "$made/law-truth.txt" "$made/written-truth.txt" \
		"$1/labelled-truth.txt" >"$1/truth.txt"
	# more than once: real text weighs more
	"$train" train "$lexicon" "$1/tagger.bin" "$here/word-classes.tsv" "$1/truth.txt" "$made/made.txt" \
		"$made/law.txt" "$made/treebank.txt" "$made/treebank.txt" "$made/treebank.txt" "$made/treebank.txt" \
		"$made/written.txt" "$made/written.txt" "$1/labelled.txt" "$1/labelled.txt"
}

# Two at a time: half a gigabyte of memory each.
(train_model "$made" && train_model "$made/fold-0") &
first=$!
train_model "$made/fold-1" && train_model "$made/fold-2"
wait "$first"
for fold in 0 1 2; do
	cp "$lexicon" "$made/fold-$fold/"
	"$build/training/train-calibration" "$made/fold-$fold/calibration.bin"
done
"$build/training/train-calibration" "$made/calibration.bin" \
	"$made/fold-0/lexicon.bin" "$made/fold-0/apart" "$made/fold-1/lexicon.bin" "$made/fold-1/apart" \
	"$made/fold-2/lexicon.bin" "$made/fold-2/apart"
"$train" measure "$lexicon" "$made/tagger.bin" "$made/treebank-check.txt" "$made/news-check.txt" "$made/law-check.txt"
cp "$made/tagger.bin" "$made/calibration.bin" "$here/../dictionaries/"
