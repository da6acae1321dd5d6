/* names.c - the table of standard names, sorted for bisection, and other words of the format. */
#include "engine/pdf/names.h"

#include <string.h>

/* clang-format off */
static const char *const standard[] = {
	"A", "A85", "AA", "AC", "ACFM", "AESV2", "AESV3", "AF", "AFRelationship", "AHx", "AI",
	"AIS", "AN", "AP", "AS", "ASCII85Decode", "ASCIIHexDecode", "AbsoluteColorimetric",
	"AccurateScreens", "AcroForm", "Action", "ActualText", "Adobe", "After", "Algorithm", "All",
	"AllOff", "AllOn", "AllPages", "Alpha", "Alt", "Alternate", "Alternates", "Angle", "Annot",
	"AnnotStates", "Annotation", "Annots", "AntiAlias", "Any", "AnyOff", "AnyOn", "App",
	"AppDefault", "Art", "ArtBox", "Artifact", "Ascent", "Aside", "Attached", "Author", "Auto",
	"AutoRegular", "AvgWidth", "B", "BBox", "BC", "BE", "BG", "BG2", "BM", "BS", "BT", "BX",
	"Background", "BackgroundColor", "Base", "BaseEncoding", "BaseFont", "BaseState", "Bates",
	"Bead", "Before", "Begin", "BibEntry", "BitmapBlock", "BitsPerComponent",
	"BitsPerCoordinate", "BitsPerFlag", "BitsPerSample", "Bl", "BlackIs1", "BlackPoint",
	"BleedBox", "Blinds", "Block", "BlockAlign", "BlockQuote", "Book", "Border", "BorderColor",
	"BorderStyle", "BorderThickness", "Both", "Bottom", "Bounds", "Box", "Btn", "Butt",
	"ByteRange", "C", "C0", "C1", "CA", "CCF", "CCITTFaxDecode", "CF", "CFM", "CI", "CICI",
	"CIDFontType0", "CIDFontType0C", "CIDFontType2", "CIDInit", "CIDSet", "CIDSystemInfo",
	"CIDToGIDMap", "CL", "CMYK", "CMap", "CMapName", "CMapType", "CO", "CP", "CS", "CT", "CYX",
	"CalCMYK", "CalGray", "CalRGB", "Cap", "CapHeight", "Caption", "Caret", "Catalog", "Center",
	"CenterWindow", "Ch", "CharProcs", "CharSet", "Circle", "ClassMap", "ClrF", "ClrFf", "Code",
	"Col", "ColSpan", "Collection", "Color", "ColorBurn", "ColorDodge", "ColorSpace",
	"ColorTransform", "Colorants", "Colors", "Colour", "Columns", "Compatibility", "Compatible",
	"Confidential", "Config", "ContactInfo", "Content", "Contents", "ContentsArray", "Coords",
	"Count", "Courier", "Courier-Bold", "Courier-BoldOblique", "Courier-Oblique", "Cover",
	"Create", "CreationDate", "Creator", "CreatorInfo", "CropBox", "Crypt", "CryptFilter",
	"CryptFilterDecodeParms", "Cur", "Current", "Custom", "D", "DA", "DCT", "DCTDecode", "DL",
	"DOS", "DP", "DPartRoot", "DR", "DS", "DSS", "DV", "DW", "DW2", "Dash", "Dashed", "Data",
	"Date", "Decimal", "Decode", "DecodeParms", "Decorative", "Default", "DefaultCMYK",
	"DefaultForPrinting", "DefaultGray", "DefaultRGB", "Departmental", "Desc",
	"DescendantFonts", "Descent", "Dest", "DestOutputProfile", "Dests", "DevDepGS", "Device",
	"DeviceCMYK", "DeviceGray", "DeviceN", "DeviceRGB", "Di", "Diamond", "Difference",
	"Differences", "DigestMethod", "Direction", "Disc", "DisplayDocTitle", "Dissolve",
	"Distribute", "Div", "DocTimeStamp", "Document", "DocumentFragment", "Domain", "DotGain",
	"Dotted", "Double", "Draft", "Duplex", "Dur", "E", "EF", "EFF", "EFOpen", "ESS",
	"ETSI.CAdES.detached", "EarlyChange", "Em", "EmbeddedFile", "EmbeddedFiles", "Encode",
	"EncodedByteAlign", "Encoding", "Encrypt", "EncryptMetadata", "End", "EndIndent",
	"EndOfBlock", "EndOfLine", "Entrust.PPKEF", "Event", "ExData", "Exclude", "Exclusion",
	"Experimental", "Expired", "Export", "ExportState", "ExtGState", "Extend", "Extends",
	"Extensions", "F", "FB", "FDF", "FDecodeParms", "FENote", "FFilter", "FL", "FS", "FT",
	"FWParams", "Fade", "False", "Ff", "Fields", "Figure", "File", "FileAttachment", "Filespec",
	"Filter", "Final", "First", "FirstChar", "FirstPage", "Fit", "FitB", "FitBH", "FitBV",
	"FitH", "FitR", "FitV", "FitWindow", "FixedPrint", "Fl", "Flags", "FlateDecode", "Fo",
	"Font", "FontBBox", "FontDescriptor", "FontFamily", "FontFile", "FontFile2", "FontFile3",
	"FontMatrix", "FontName", "FontStretch", "FontWeight", "Footer", "Footnote", "ForComment",
	"ForPublicRelease", "Form", "FormType", "Formula", "Frame", "FreeText", "FreeTextCallout",
	"FreeTextTypeWriter", "FreeTypewriter", "FullScreen", "Function", "FunctionType",
	"Functions", "G", "GSPace", "GTS_PDFA1", "GTS_PDFE1", "GTS_PDFX", "Gamma", "Generic",
	"Glitter", "GlyphOrientationVertical", "GoTo", "GoTo3DView", "GoToE", "GoToR", "Graph",
	"Gray", "Groove", "Group", "H", "H1", "H2", "H3", "H4", "H5", "H6", "HF", "HKana",
	"HKanaRot", "HRoman", "HT", "Halftone", "HalftoneName", "HalftoneType", "Hanzi", "Hard",
	"HardLight", "Head", "Header", "Headers", "Hebrew", "Height", "Height2", "Help",
	"Helvetica", "Helvetica-Bold", "Helvetica-BoldOblique", "Helvetica-Oblique", "Hidden",
	"HideAnnotationActions", "HideMenubar", "HideToolbar", "HideWindowUI", "Highlight", "Hojo",
	"Hue", "I", "IC", "ICCBased", "ID", "IDS", "IDTree", "IF", "IM", "IRT", "IT", "ITXPlane",
	"IX", "Identity", "Identity-H", "Identity-V", "Image", "ImageB", "ImageC", "ImageI",
	"ImageMask", "Import", "Include", "Index", "Index1", "Indexed", "Info", "Ink", "InkList",
	"Inline", "InlineAlign", "InlineShape", "Insert", "Inset", "Intent", "Interpolate",
	"InvertedDouble", "InvertedDoubleDot", "ItalicAngle", "JBIG2Decode", "JBIG2Globals",
	"JPXDecode", "JS", "JavaScript", "Justify", "K", "Key", "Keystroke", "Keywords", "Kids",
	"L", "L2R", "LBody", "LE", "LI", "LL", "LLE", "LLO", "LZW", "LZWDecode", "Lab", "Lang",
	"Last", "LastChar", "LastModified", "LastPage", "Launch", "Layout", "Lbl", "Leading",
	"Left", "LeftToRight", "Length", "Length1", "Length2", "Length3", "Level1", "Ligature",
	"Lighten", "Limits", "Line", "LineArrow", "LineDimension", "LineHeight", "LineNum",
	"LineThrough", "Linearized", "Link", "List", "ListMode", "ListNumbering", "Location",
	"Lock", "Locked", "LowerAlpha", "LowerRoman", "LrTb", "Luminosity", "M", "MCD", "MCID",
	"MCR", "MDP", "ME", "MH1", "MK", "ML", "MN", "MP", "MR", "MS", "Mac", "MacExpertEncoding",
	"MacRomanEncoding", "MarkInfo", "MarkStyle", "Marked", "Mask", "Matrix", "Matte", "MaxLen",
	"MaxWidth", "Media", "MediaBox", "MediaClip", "Merge", "Metadata", "Middle", "MissingWidth",
	"Mix", "MixingHints", "ModDate", "Modify", "Movie", "Msg", "Multiply", "N", "NA",
	"NChannel", "NM", "NTe", "Name", "Named", "Names", "Namespace", "Namespaces",
	"NeedAppearances", "NeedsRendering", "NewParagraph", "NewWindow", "Next", "NextPage",
	"NoView", "NonEFontNoWarn", "NonFullScreenPageMode", "NonStruct", "None", "Normal",
	"Normalized", "NotApproved", "NotForPublicRelease", "Note", "Null", "NumCopies", "Nums",
	"O", "OBJR", "OC", "OCG", "OCGs", "OCMD", "OCProperties", "OFF", "ON", "OP", "OPI", "OPM",
	"OS", "Ob", "Object", "Off", "Open", "OpenAction", "OpenType", "Operation", "Opt", "Order",
	"Ordered", "Ordering", "Outlines", "OutputCondition", "OutputConditionIdentifier",
	"OutputIntent", "OutputIntents", "Outset", "Overlay", "Overline", "P", "PC", "PCM", "PDF",
	"PDFDocEncoding", "PL", "PO", "PS", "PV", "Padding", "Page", "PageElement", "PageLabel",
	"PageLabels", "PageLayout", "PageMode", "PageNum", "Pages", "Pagination", "PaintType",
	"PaperClip", "Paragraph", "Params", "Parent", "ParentTree", "ParentTreeNextKey", "Part",
	"Pattern", "PatternType", "Perceptual", "Perms", "Pg", "PieceInfo", "Placement", "Point",
	"PolyLine", "PolyLineDimension", "Polygon", "PolygonCloud", "PolygonDimension", "Popup",
	"PostScript", "Pr", "Predictor", "Preferred", "Prev", "PrevPage", "Print", "PrintArea",
	"PrintClip", "PrintPageRange", "PrintScaling", "PrintState", "PrinterMark", "PrinterPreset",
	"Private", "ProcSet", "Process", "Producer", "Prop", "Properties", "Push", "PushPin", "Q",
	"Qa", "QuadPoints", "Quote", "R", "R2L", "RBGroups", "RC", "RD", "RF", "RGB", "RI", "RL",
	"RO", "RP", "RT", "RV", "RadioButton", "Range", "Rect", "Redact", "Redaction", "Reference",
	"Registry", "RelativeColorimetric", "Rendition", "Renditions", "Replace", "ResetForm",
	"Resize", "Resources", "Ridge", "Right", "RlTb", "Role", "RoleMap", "RoleMapNS", "Root",
	"Rotate", "Row", "RowSpan", "Rows", "Ruby", "RubyAlign", "RubyPosition", "RunLengthDecode",
	"S", "SA", "SE", "SM", "SMask", "SMaskInData", "SS", "SV", "Saturation", "Schema", "Scope",
	"Screen", "Sect", "Separation", "SeparationInfo", "SetOCGState", "Shading", "ShadingType",
	"Short", "Sidebar", "Sides", "Sig", "SigFieldLock", "SigFlags", "SigRef", "Signature",
	"Silver", "Simplex", "SinglePage", "Size", "SoftLight", "Sold", "Solid", "Sound",
	"SpaceAfter", "SpaceBefore", "Span", "SpawnTemplate", "SpiderInfo", "Split", "Square",
	"Squiggly", "St", "Stamp", "Standard", "StandardEncoding", "Start", "StartIndent", "Status",
	"StdCF", "StemH", "StemV", "Stm", "StmF", "StmOwn", "StrF", "StrikeOut", "Strong",
	"StructElem", "StructParent", "StructParents", "StructTreeRoot", "Style", "Sub",
	"SubFilter", "Subj", "Subject", "SubmitForm", "Subtype", "Summary", "Supplement",
	"Suspects", "Symbol", "T", "TBody", "TBorderStyle", "TD", "TFoot", "TH", "THead", "TI",
	"TK", "TM", "TOC", "TOCI", "TP", "TPadding", "TR", "TR2", "TU", "Table", "Tabs", "Tag",
	"Tags", "TbRl", "Template", "Templates", "Text", "TextAlign", "TextDecorationColor",
	"TextDecorationThickness", "TextDecorationType", "TextIndent", "Thumb", "Tiling",
	"TilingType", "Times-Bold", "Times-BoldItalic", "Times-Italic", "Times-Roman", "Title",
	"ToUnicode", "Toggle", "ToggleNoView", "Top", "TopSecret", "Trans", "TransferFunction",
	"Transparency", "TrapNet", "TrapRegions", "TrapStyles", "Trapped", "TrimBox", "True",
	"TrueType", "TwoColumnLeft", "TwoColumnRight", "TwoPageLeft", "TwoPageRight", "Tx", "Type",
	"Type0", "Type1", "Type1C", "Type3", "U", "UCR", "UCR2", "UR3", "URI", "Unchanged",
	"Uncover", "Underline", "Unix", "Unspecified", "UpperAlpha", "UpperRoman", "Usage",
	"UseAttachments", "UseCMap", "UseNone", "UseOC", "UseOutlines", "UseThumbs", "User",
	"UserProperties", "UserUnit", "V", "VE", "VP", "VeriSign.PPKVS", "Version", "Vertices",
	"View", "ViewArea", "ViewClip", "ViewState", "ViewerPreferences", "VisiblePages", "W", "W2",
	"WC", "WMode", "WP", "WS", "WT", "Warichu", "Watermark", "WhitePoint", "Widget", "Width",
	"Width2", "Widths", "WinAnsiEncoding", "Wipe", "WritingMode", "X", "XFA", "XHeight", "XML",
	"XObject", "XRef", "XRefStm", "XStep", "XYZ", "YStep", "Yes", "ZaDb", "ZapfDingbats",
	"Zoom", "adbe.pkcs7.detached", "adbe.pkcs7.sha1", "adbe.x509.rsa_sha1", "ca", "op",
};
/* clang-format on */

gboolean lw_pdf_name_is_standard(const char *name)
{
	static guint16 start[257]; /* by first character; filled at the first call */
	if (!start[256])
		for (guint c = 0, i = 0; c <= 256; start[c++] = (guint16)i)
			while (i < G_N_ELEMENTS(standard) && (guint8)*standard[i] < c)
				i++;
	gsize low = start[(guint8)*name], high = start[(guint8)*name + 1];
	while (low < high) {
		gsize middle = (low + high) / 2;
		int order = strcmp(name, standard[middle]);
		if (order == 0)
			return TRUE;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return FALSE;
}

/* Families that come with systems, offices and printers: what everybody has names nobody. */
static gboolean is_product(const char *family)
{
	static const char *const products[] = {
		"Arial",     "Aptos",	   "Bookman",  "Calibri",   "Cambria",	    "Candara",
		"Carlito",   "Caladea",	   "Century",  "Consolas",  "Constantia",   "Corbel",
		"Courier",   "DejaVu",	   "Frutiger", "Garamond",  "Georgia",	    "Helvetica",
		"Impact",    "Liberation", "Lucida",   "Minion",    "Myriad",	    "Palatino",
		"Segoe",     "Tahoma",	   "Times",    "Trebuchet", "Univers",	    "Verdana",
		"Wingdings", "Nimbus",	   "Noto",     "Roboto",    "Rijksoverheid"};
	for (guint i = 0; i < G_N_ELEMENTS(products); i++) {
		gsize length = strlen(products[i]);
		const char *rest = family + length;
		if (!g_ascii_strncasecmp(family, products[i], length) &&
		    (!*rest || strchr(",-", *rest) || g_str_has_prefix(rest, "MT") ||
		     g_str_has_prefix(rest, "LT") || g_str_has_prefix(rest, "PS") ||
		     g_str_has_prefix(rest, "NL")))
			return TRUE;
	}
	return FALSE;
}

gboolean lw_pdf_is_subset(const char *name)
{
	return name && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 6 && name[6] == '+';
}

char *lw_pdf_font_family(const char *name)
{
	static const char *const styles[] = {
		"Roman",  "Regular", "Bold",	"Italic", "Oblique", "Medium", "Light", "Condensed",
		"Narrow", "Black",   "Demi",	"Semi",	  "Heavy",   "Thin",   "Book",	"Sans",
		"Serif",  "Mono",    "New",	"PSMT",	  "Std",     "Pro",    "Old",	"Style",
		"Text",	  "Display", "Unicode", "Math",	  "Symbol",
	};
	GString *family = g_string_new(lw_pdf_is_subset(name) ? name + 7 : name);
	for (guint i = 0; i < G_N_ELEMENTS(styles); i++)
		g_string_replace(family, styles[i], "", 0);
	if (is_product(family->str))
		g_string_truncate(family, 0);
	return g_string_free(family, FALSE);
}

gboolean lw_pdf_is_condition(const char *text)
{
	static const char *const known[] = {"sRGB IEC61966-2.1",
					    "sRGB IEC61966-2-1",
					    "sRGB",
					    "Custom",
					    "IEC sRGB",
					    "Adobe RGB (1998)",
					    "CGATS TR 001",
					    "CGATS TR 003",
					    "CGATS TR 006",
					    "FOGRA27",
					    "FOGRA28",
					    "FOGRA29",
					    "FOGRA39",
					    "FOGRA39L",
					    "FOGRA47",
					    "FOGRA51",
					    "FOGRA52",
					    "Coated FOGRA39",
					    "Coated FOGRA39 (ISO 12647-2:2004)",
					    "JC200103",
					    "SWOP",
					    "U.S. Web Coated (SWOP) v2",
					    "http://www.color.org",
					    "https://www.color.org",
					    "http://www.color.org/",
					    "https://www.color.org/",
					    NULL};
	return text && g_strv_contains(known, text);
}

gboolean lw_pdf_is_calculation(const char *word)
{
	static const char *const words[] = {
		"abs", "add",  "and", "atan",	"bitshift", "ceiling", "copy",	"cos",	 "cvi",
		"cvr", "div",  "dup", "eq",	"exch",	    "exp",     "false", "floor", "ge",
		"gt",  "idiv", "if",  "ifelse", "index",    "le",      "ln",	"log",	 "lt",
		"mod", "mul",  "ne",  "neg",	"not",	    "or",      "pop",	"roll",	 "round",
		"sin", "sqrt", "sub", "true",	"truncate", "xor",     NULL};
	char *end;
	g_ascii_strtod(word, &end);
	return g_strv_contains(words, word) || (end > word && !*end);
}
