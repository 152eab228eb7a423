package message

// The data of Normalize: what becomes of a character. Facts from the Unicode
// Character Database (compatibility decompositions, default-ignorable code
// points) and Unicode Technical Standard 39 (confusables); the digits of all
// scripts, the spaces, dashes and marks come from package unicode.

// rows gives, character by character from the code point named, the ASCII
// character each becomes; '_' leaves it as it is.
var rows = [...]struct {
	first rune
	to    string
}{
	{0x00C0, "" +
		"AAAAAA_CEEEEIIIIDNOOOOOxOUUUUY__" +
		"aaaaaa_ceeeeiiiidnooooo_ouuuuy_y"},
	{0x0100, "" +
		"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg" +
		"GgGgHhHhIiIiIiIiIi__JjKkkLlLlLlL" +
		"lLlNnNnNnnNnOoOoOo__RrRrRrSsSsSs" +
		"SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs" +
		"bBBbbb_CcDDDd_EEEFfGY_iIKkl__NnO" +
		"Oo__PpR22__tTtTUuUVYyZz3___255__" +
		"|__!_________AaIiOoUuUuUuUuUueAa" +
		"Aa__GgGgKkOoOo33j___Gg__NnAa__Oo" +
		"AaAaEeEeIiIiOoOoRrRrUuUuSsTt33Hh" +
		"Nd__ZzAaEeOoOoOoOoYylntj__ACcLTs" +
		"z??BU_EeJjQqRrYy"},
	{0x0250, "" +
		"_a_b_cddeeee33_jgggy__h_iiilll__" +
		"_mnnno______rrr_rrs_j___tuuv___y" +
		"zz3_?__COb_ghj_lq_______________"},
	{0x1D00, "" +
		"a__bcd_e__jklm_o________p__tu___" +
		"vwz_________A_BBDEEGHIJKLMN_O_PR" +
		"TUWa_a_bdeee3g_kmno___ptu__v____" +
		"__iruv______bdfmnprrstz__g_i_pu_" +
		"bdfgklmnprs_vxza_de___i__u__ccd3" +
		"fjg_iiiijlllm_nnno_s_tuuuvvzzz3_"},
	{0x1E00, "" +
		"AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFf" +
		"GgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm" +
		"MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRr" +
		"SsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv" +
		"WwWwWwWwWwXxXxYyZzZzZzhtwyasss__" +
		"AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe" +
		"EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOo" +
		"OoOoUuUuUuUuUuUuUuYyYyYyYy____Yy"},
	{0x2070, "" +
		"0i__456789_____n0123456789______" +
		"aeoxehklmnpst___"},
	{0x2100, "" +
		"__C____E__gHHHh_IILl_N___PQRRR__" +
		"____Z___Z_KABCeeEF_Mo____i______" +
		"_____Ddeij______"},
	{0x2C60, "" +
		"LlLPRatHhKkZz_M__vWwv___e_o_jVSZ"},
	{0xA730, "fs"}, // small capitals; R and Q stand far off, in lookalikes
}

// sequences are characters that follow each other as their ASCII forms do.
var sequences = [...]struct {
	first rune
	from  byte
	n     rune
}{
	{0xFF01, '!', 94},  // full-width forms
	{0x2460, '1', 9},   // circled digits
	{0x2474, '1', 9},   // parenthesised
	{0x24F5, '1', 9},   // double circled
	{0x2776, '1', 9},   // white on black
	{0x2780, '1', 9},   // circled, sans serif
	{0x278A, '1', 9},   //
	{0x249C, 'a', 26},  // parenthesised letters
	{0x24B6, 'A', 26},  // circled
	{0x24D0, 'a', 26},  //
	{0x1F110, 'A', 26}, // parenthesised
	{0x1F130, 'A', 26}, // squared
	{0x1F150, 'A', 26}, // white on black, circled
	{0x1F170, 'A', 26}, // white on black, squared
}

// lookalikes are the characters that a reader takes for the first of the row.
var lookalikes = [...]string{
	"AΑАᎪᗅꓮⲀᾈᾉᾺΆꞻ", "BΒВᏴᗷꓐⲂᛒ", "CСᏟⅭꓚⲤϹᑕ𐐕", "DᎠⅮᗞᗪꓓ", "EΕЕᎬꓰⴹⲈЀЁΈЄ", "FϜᖴꓝ", "GᏀꓖԌ",
	"HΗНᎻᕼꓧⲎΉ", "IΙІӀⅠꓲⲒΊΪЇ", "JЈᎫᒍꓙͿ", "KΚКᏦꓗⲔҚԞ", "LᏞⅬᒪꓡԼ𐐛", "MΜМᎷⅯᗰꓟⲘϺ", "NΝꓠⲚ",
	"OΟОՕꓳⲞ𐐄ΌӦѲ", "PΡРᏢᑭꓑⲢ", "QԚⵕ", "RᎡᏒᖇꓣ", "SЅՏᏕᏚꓢ", "TΤТᎢꓔⲦҬ", "UՍᑌꓴ", "VѴᏙⅤᐯꓦ", "WᎳᏔꓪԜ",
	"XΧХⅩ᙭ꓫⲬҲ", "YΥҮУᎩᎽꓬⲨΎΫҰ", "ZΖᏃꓜⲌ",
	"aªαаάⲁӑӓ", "bЬьᏏвᖯ", "cсⅽϲⲥ", "dԁⅾᑯᏧ", "eеєёѐҽεέ", "fքϝ", "gցԍ", "hһհᏂн", "iіιⅰίϊΐїⲓᎥ", "jјϳյ", "kκкқⲕ",
	"lӏⅼ", "mⅿмⲙ", "nոηή", "oºοоօσόⲟӧѳ", "pрρⲣ", "qԛզꞯ", "rгⲅꭇꭈᴦ", "sѕꮪ", "tτт", "uυսύϋ", "vνѵⅴꮩ", "wωѡԝաώⲱꮃ",
	"xхⅹχᕁᕽⲭ", "yуүγўꭚⲩ", "zꮓⲍ",
	"3³ЗзӠӡⳌ", "4ЧᏎ", "6бᏮ", "1¹", "2²Ꙅ", "8Ȣȣ", "0⓪⓿🄋🄌",
	" \u2800", "\n\v\f\u0085\u2028\u2029",
	"-−⁃➖﹣˗", "'‘’‛′‵‹›ʹʻʼʽʾˈˊˋ´՚׳", "\"“”„‟″‶«»〝〞〟ˮ״", ".․。｡·∙⋅・܁܂‧ꓸ", ",、‚٫،﹐", ":∶ː꞉։﹕˸", ";;﹔؛", "/⁄∕╱⧸〳", "\\∖⧵⧹﹨",
	"|∣│┃❘", "!﹗", "?﹖؟", "#﹟", "%٪﹪", "&﹠", "*∗•‣◦●▪■◆⁕﹡✱٭", "+﹢⁺₊➕", "=﹦⁼₌", "(﹙⁽₍❨❲〔", ")﹚⁾₎❩❳〕", "[【〖", "]】〗", "<﹤", ">﹥",
	"~∼˜⁓", "_ˍ﹍﹎﹏", "@﹫", "^ˆ", "$﹩",
}

// expansions are characters that become several.
var expansions = [...]struct {
	from rune
	to   string
}{
	{'Æ', "AE"}, {'æ', "ae"}, {'Œ', "OE"}, {'œ', "oe"}, {'ß', "ss"}, {'ẞ', "SS"}, {'Þ', "TH"}, {'þ', "th"},
	{'Ǣ', "AE"}, {'ǣ', "ae"}, {'Ǽ', "AE"}, {'ǽ', "ae"}, {'Ĳ', "IJ"}, {'ĳ', "ij"},
	{'Ǆ', "DZ"}, {'ǅ', "Dz"}, {'ǆ', "dz"}, {'Ǳ', "DZ"}, {'ǲ', "Dz"}, {'ǳ', "dz"},
	{'Ǉ', "LJ"}, {'ǈ', "Lj"}, {'ǉ', "lj"}, {'Ǌ', "NJ"}, {'ǋ', "Nj"}, {'ǌ', "nj"},
	{'ﬀ', "ff"}, {'ﬁ', "fi"}, {'ﬂ', "fl"}, {'ﬃ', "ffi"}, {'ﬄ', "ffl"}, {'ﬅ', "st"}, {'ﬆ', "st"},
	{'…', "..."}, {'‥', ".."}, {'№', "No"}, {'Ⅱ', "II"}, {'Ⅲ', "III"}, {'Ⅳ', "IV"}, {'Ⅵ', "VI"}, {'Ⅶ', "VII"},
	{'Ⅷ', "VIII"}, {'Ⅸ', "IX"}, {'ⅱ', "ii"}, {'ⅲ', "iii"}, {'ⅳ', "iv"}, {'ⅵ', "vi"}, {'ⅶ', "vii"},
	{'ⅷ', "viii"}, {'ⅸ', "ix"}, {'⑩', "10"}, {'⑪', "11"}, {'⑫', "12"}, {'⑬', "13"}, {'⑭', "14"}, {'⑮', "15"},
	{'⑯', "16"}, {'⑰', "17"}, {'⑱', "18"}, {'⑲', "19"}, {'⑳', "20"}, {'❿', "10"}, {'➉', "10"}, {'➓', "10"},
	{'⒈', "1."}, {'⒉', "2."}, {'⒊', "3."}, {'⒋', "4."}, {'⒌', "5."}, {'⒍', "6."}, {'⒎', "7."}, {'⒏', "8."}, {'⒐', "9."},
}

// invisible are the ranges of characters that show nothing: controls, soft
// hyphen, joiners, direction and tag characters (Default_Ignorable_Code_Point).
var invisible = [...][2]rune{
	{0x00, 0x08}, {0x0E, 0x1F}, {0x7F, 0x84}, {0x86, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C},
	{0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E},
	{0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
	{0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}
