// The price list behind a guess. Figures are bits: -log2 of how often a writer of such text picks
// the character, rounded. A character among n equally usual ones costs log2(n): 3,755 hanzi of
// GB 2312 level 1 cost 12, the few hundred below, which make up most of a list of firms, 9.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "common/tabular/encoding_guess.hpp"
#include "common/tabular/utf8_length.hpp"

namespace dossier::tabular {
namespace {

constexpr double kAscii = 5;
constexpr double kCommon = 9;   ///< one of the characters below
constexpr double kUsual = 13;   ///< of the first level of its standard
constexpr double kSecond = 19;  ///< of the second level
constexpr double kRare = 24;    ///< beyond the standard: extensions, private use
constexpr double kSign = 12;    ///< punctuation and symbols of the standard
constexpr double kWrong = 30;   ///< a byte that fits nothing
constexpr double kMixture = 4;  ///< a change of script within a word

/// Characters of names of firms, places, people and headings, simplified, then traditional.
constexpr std::string_view kCommonHanzi =
    "有限公司科技股份集团工业电子机械设备制造贸易商实业发展中国际投资上海北京广州深圳杭州江苏浙山东"
    "南西河湖四川福建安徽重庆天津辽宁黑龙吉林陕甘青云贵新疆内蒙古藏宁夏港澳台省市区县镇乡村路街道号"
    "楼室大小东南西北中一二三四五六七八九十百千万年月日客户名称电话手机传真联系人地址邮编邮箱网站备"
    "注"
    "编号类别姓性别职务部门经理总监主任员业务区域负责需求来源说明法定代表信用代码税登记成立时间注册"
    "资本"
    "王李张刘陈杨赵黄周吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕卢蒋蔡贾丁魏薛叶"
    "阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文"
    "明华平安泰丰盛达通顺利信诚德恒昌隆兴光远宏伟建永康乐美佳润洋海天龙飞鹏程星辰阳春晓雪梅兰芳英秀"
    "丽敏静"
    "医药生物化学材料能源环保汽车零件仪器表精密自动控制系统软件信息网络服务咨询管理工程建筑装饰家具"
    "服装纺织"
    "食品饮料农业水产粮油木纸印刷包装塑料橡胶金属钢铁铝铜矿石油天然气电力热煤炭运输物流仓储银行保险"
    "证券"
    "学校院所研究中心大学医院政府局委员会厂店行社站分开出入合同售采购产品质量标准检测试验用户单位的"
    "是不了在"
    "全球世界第之和与为可以已未无其他个本级型式様种数量价格金额元期限付款方欧美亚洲非"
    "國業電機設備貿實發展際資廣東蘇遼寧龍陝雲貴藏臺灣灣區縣鎮鄉樓號東萬戶稱話傳聯絡繫郵編類別職務門"
    "經"
    "總員負責來說註冊資劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許傅蔣賈葉閻潘鍾薑範譚鄒陸顧錢湯黎喬賀賴龔華豐"
    "達順誠興遠偉樂潤龍飛陽蘭麗靜醫藥學材環車儀錶密動統軟網絡服務諮詢工築裝飾紡織飲農業糧紙塑膠屬鋼"
    "鐵"
    "鋁銅礦氣熱運輸銀險證學會廠開採購產質標準檢測試驗單個與為價額歐亞洲精股份限公司香港臺北新竹高"
    "雄";
constexpr std::string_view kCommonHangul =
    "주식회사한국대서울시구동로길번지전화이름부장과사무소연락처고객명주소상인천광산경기도남북강원"
    "제조산업공기술정보통신전자무역상사유통건설화학제약의료김박최정강조윤임신오황안송류홍";

/// Lead and trail byte of each common character in a double-byte encoding.
std::set<std::uint16_t> pairs_of(std::string_view common, Encoding encoding) {
    // Only UTF-8 comes apart without a table, so the table is asked the other way round.
    std::set<std::string> wanted;
    for (std::size_t at = 0; at < common.size();) {
        const auto length = utf8_length(common, at).value_or(1);
        wanted.emplace(common.substr(at, length));
        at += length;
    }
    std::set<std::uint16_t> pairs;
    Decoder decoder(encoding);
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
        for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
            const std::array raw{static_cast<char>(lead), static_cast<char>(trail)};
            std::string text;
            decoder.append({raw.data(), raw.size()}, true, text);
            if (wanted.contains(text)) pairs.insert(static_cast<std::uint16_t>(lead << 8U | trail));
        }
    }
    return pairs;
}

struct Letter {
    double bits = 0;
    std::size_t bytes = 1;
    bool ideographic = false;  ///< stands in no word of ASCII letters
};

/// 0xA1 … 0xFE: the trail bytes of the standards beneath the extensions.
bool is_inner(unsigned byte) {
    return byte >= 0xA1 && byte <= 0xFE;
}

Letter chinese(std::string_view text, std::size_t at) {
    static const auto kPairs = pairs_of(kCommonHanzi, Encoding::Gb18030);
    const unsigned lead = byte_at(text, at);
    if (lead == 0x80) return {kSign};
    if (lead == 0xFF || at + 1 == text.size()) return {kWrong};
    const unsigned trail = byte_at(text, at + 1);
    if (trail >= 0x30 && trail <= 0x39) {
        const bool four = at + 3 < text.size() && byte_at(text, at + 2) >= 0x81 &&
                          byte_at(text, at + 3) >= 0x30 && byte_at(text, at + 3) <= 0x39;
        return four ? Letter{kRare + 2, 4, true} : Letter{kWrong};
    }
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return {kWrong};
    if (!is_inner(trail) || lead < 0xA1) return {kRare, 2, true};
    if (kPairs.contains(static_cast<std::uint16_t>(lead << 8U | trail))) return {kCommon, 2, true};
    if (lead <= 0xA9) return {kSign, 2, false};
    if (lead >= 0xB0 && lead <= 0xD7) return {kUsual, 2, true};
    if (lead >= 0xD8 && lead <= 0xF7) return {kSecond, 2, true};
    return {kRare, 2, true};
}

Letter traditional(std::string_view text, std::size_t at) {
    static const auto kPairs = pairs_of(kCommonHanzi, Encoding::Big5);
    const unsigned lead = byte_at(text, at);
    const unsigned trail = at + 1 < text.size() ? byte_at(text, at + 1) : 0;
    const bool trails = (trail >= 0x40 && trail <= 0x7E) || is_inner(trail);
    if (lead < 0x81 || lead > 0xFE || !trails) return {kWrong};
    if (kPairs.contains(static_cast<std::uint16_t>(lead << 8U | trail))) return {kCommon, 2, true};
    if (lead >= 0xA1 && lead <= 0xA3) return {kSign, 2, false};
    if (lead >= 0xA4 && lead <= 0xC6) return {kUsual, 2, true};
    if (lead >= 0xC9 && lead <= 0xF9) return {kSecond, 2, true};
    return {kRare, 2, true};
}

Letter japanese(std::string_view text, std::size_t at) {
    constexpr double kKana = 7;
    constexpr double kHalfKana = 14;
    static const auto kPairs = pairs_of(kCommonHanzi, Encoding::ShiftJis);
    const unsigned lead = byte_at(text, at);
    if (lead >= 0xA1 && lead <= 0xDF) return {kHalfKana, 1, true};
    const unsigned trail = at + 1 < text.size() ? byte_at(text, at + 1) : 0;
    if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || trail < 0x40 || trail == 0x7F ||
        trail > 0xFC)
        return {kWrong};
    if (kPairs.contains(static_cast<std::uint16_t>(lead << 8U | trail))) return {kCommon, 2, true};
    if (lead == 0x82 || lead == 0x83) return {kKana, 2, true};
    if (lead == 0x81) return {kCommon, 2, false};
    if (lead >= 0x88 && lead <= 0x97) return {kUsual, 2, true};
    if (lead >= 0x98 && lead <= 0xEA && (lead <= 0x9F || lead >= 0xE0)) return {kSecond, 2, true};
    return {kRare, 2, true};
}

Letter korean(std::string_view text, std::size_t at) {
    static const auto kPairs = pairs_of(kCommonHangul, Encoding::EucKr);
    const unsigned lead = byte_at(text, at);
    const unsigned trail = at + 1 < text.size() ? byte_at(text, at + 1) : 0;
    const bool trails = (trail >= 0x41 && trail <= 0x5A) || (trail >= 0x61 && trail <= 0x7A) ||
                        (trail >= 0x81 && trail <= 0xFE);
    if (lead < 0x81 || lead > 0xFE || !trails) return {kWrong};
    if (!is_inner(trail) || lead < 0xA1) return {kRare, 2, true};
    if (kPairs.contains(static_cast<std::uint16_t>(lead << 8U | trail)))
        return {kCommon - 1, 2, true};
    if (lead <= 0xAC) return {kSign, 2, false};
    if (lead >= 0xB0 && lead <= 0xC8) return {kUsual, 2, true};
    return {kSecond, 2, true};
}

Letter western(std::string_view text, std::size_t at) {
    constexpr double kSmall = 7;
    constexpr double kCapital = 11;
    constexpr double kOther = 14;
    constexpr std::string_view kUndefined = "\x81\x8D\x8F\x90\x9D";
    constexpr std::string_view kEveryday = "\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xB0\xB7";
    const auto is_plain = [&](std::size_t place) {
        return place < text.size() && byte_at(text, place) < 0x80;
    };
    const char c = text[at];
    const unsigned byte = byte_at(text, at);
    // Accents stand among plain letters: two in a row are seldom.
    const double crowd = (at == 0 || is_plain(at - 1)) ? 0 : 5;
    if (kUndefined.find(c) != std::string_view::npos) return {kWrong};
    if (kEveryday.find(c) != std::string_view::npos) return {kCapital + crowd};
    if (byte < 0xC0 || byte == 0xD7 || byte == 0xF7) return {kOther + crowd};
    return {(byte >= 0xDF ? kSmall : kCapital) + crowd};
}

std::uint32_t point_at(std::string_view text, std::size_t at, std::size_t length) {
    std::uint32_t point = byte_at(text, at) & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) point = point << 6U | (byte_at(text, at + i) & 0x3FU);
    return point;
}

Letter unicode(std::string_view text, std::size_t at) {
    static const auto kSet = [] {
        std::set<std::string_view> all;
        for (const auto list : {kCommonHanzi, kCommonHangul}) {
            for (std::size_t i = 0; i < list.size(); i += 3) all.insert(list.substr(i, 3));
        }
        return all;
    }();
    const auto length = utf8_length(text, at).value_or(0);
    if (length == 0) return {kWrong};
    const auto point = point_at(text, at, length);
    const auto within = [&](std::uint32_t first, std::uint32_t last) {
        return point >= first && point <= last;
    };
    if (length == 3 && kSet.contains(text.substr(at, 3))) return {kCommon, 3, true};
    if (within(0xC0, 0xFF)) return {8, length, false};
    if (within(0x100, 0x17F) || within(0x370, 0x45F)) return {10, length, false};
    if (within(0x5D0, 0x6FF)) return {11, length, false};
    if (within(0xA0, 0xBF) || within(0x2010, 0x2122)) return {kSign, length, false};
    if (within(0x3000, 0x3002) || within(0xFF01, 0xFF5E)) return {kCommon, length, false};
    if (within(0x3040, 0x30FF)) return {8, length, true};
    if (within(0x4E00, 0x9FFF) || within(0xAC00, 0xD7A3)) return {kUsual, length, true};
    // Marks over letters, phonetic signs, controls: what chance makes of two bytes.
    return {kSecond, length, length > 2};
}

Letter letter_at(std::string_view text, std::size_t at, Encoding encoding) {
    switch (encoding) {
        case Encoding::Gb18030:
            return chinese(text, at);
        case Encoding::Big5:
            return traditional(text, at);
        case Encoding::ShiftJis:
            return japanese(text, at);
        case Encoding::EucKr:
            return korean(text, at);
        case Encoding::Cp1252:
            return western(text, at);
        default:
            return unicode(text, at);
    }
}

/// How seldom a table comes in it, where nothing else is known.
double prior(Encoding encoding) {
    static const std::map<Encoding, double> kPriors{{Encoding::Utf8, 0},     {Encoding::Gb18030, 3},
                                                    {Encoding::Big5, 6},     {Encoding::Cp1252, 6},
                                                    {Encoding::ShiftJis, 8}, {Encoding::EucKr, 8}};
    const auto at = kPriors.find(encoding);
    return at == kPriors.end() ? 0 : at->second;
}

bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const char c = text[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

double price_in_bits(std::string_view lines, Encoding encoding) {
    double bits = prior(encoding);
    for (std::size_t at = 0; at < lines.size();) {
        if (byte_at(lines, at) < 0x80) {
            bits += kAscii;
            ++at;
            continue;
        }
        const Letter letter = letter_at(lines, at, encoding);
        bits += letter.bits;
        if (letter.ideographic && at > 0 && is_letter(lines, at - 1)) bits += kMixture;
        at += letter.bytes;
        if (letter.ideographic && is_letter(lines, at)) bits += kMixture;
    }
    return bits;
}

}  // namespace dossier::tabular
