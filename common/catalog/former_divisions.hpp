// Districts and cities that were renamed or joined to others since 1994 and still stand in
// people's lists. Kept by hand; those that only became a city or a district of the same name
// (富阳市, 丽江地区) need no row. Source: the changes of administrative divisions the Ministry of
// Civil Affairs publishes by year.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dossier::catalog {

/// A former name and the division of GB/T 2260 that holds its area now. Where an area was divided
/// among several there is one row for each.
struct FormerDivision {
    std::string_view name;
    std::uint32_t city;  ///< the city it lies in
    std::uint32_t code;
};

// clang-format off
inline constexpr std::array kFormerDivisions{
    FormerDivision{"崇文区", 110100, 110101}, FormerDivision{"宣武区", 110100, 110102},
    FormerDivision{"塘沽区", 120100, 120116}, FormerDivision{"汉沽区", 120100, 120116}, FormerDivision{"大港区", 120100, 120116},
    FormerDivision{"桥东区", 130100, 130102}, FormerDivision{"桥东区", 130100, 130104},
    FormerDivision{"北市区", 130600, 130606}, FormerDivision{"南市区", 130600, 130606}, FormerDivision{"新市区", 130600, 130602},
    FormerDivision{"东陵区", 210100, 210112}, FormerDivision{"新城子区", 210100, 210113},
    FormerDivision{"动力区", 230100, 230110}, FormerDivision{"太平区", 230100, 230104},
    FormerDivision{"卢湾区", 310100, 310101}, FormerDivision{"闸北区", 310100, 310106}, FormerDivision{"南市区", 310100, 310101}, FormerDivision{"南汇区", 310100, 310115}, FormerDivision{"南汇县", 310100, 310115}, FormerDivision{"川沙县", 310100, 310115},
    FormerDivision{"白下区", 320100, 320104}, FormerDivision{"下关区", 320100, 320106},
    FormerDivision{"崇安区", 320200, 320213}, FormerDivision{"南长区", 320200, 320213}, FormerDivision{"北塘区", 320200, 320213},
    FormerDivision{"戚墅堰区", 320400, 320412},
    FormerDivision{"沧浪区", 320500, 320508}, FormerDivision{"平江区", 320500, 320508}, FormerDivision{"金阊区", 320500, 320508},
    FormerDivision{"淮阴市", 320800, 320800},
    FormerDivision{"下城区", 330100, 330105}, FormerDivision{"江干区", 330100, 330102},
    FormerDivision{"江东区", 330200, 330212},
    FormerDivision{"东市区", 340100, 340102}, FormerDivision{"中市区", 340100, 340103}, FormerDivision{"西市区", 340100, 340104}, FormerDivision{"居巢区", 340100, 340181},
    FormerDivision{"四方区", 370200, 370203}, FormerDivision{"胶南市", 370200, 370211},
    FormerDivision{"莱城区", 370100, 370116}, FormerDivision{"莱芜市", 370100, 370116}, FormerDivision{"莱芜市", 370100, 370117},
    FormerDivision{"襄樊市", 420600, 420600},
    FormerDivision{"东山区", 440100, 440104}, FormerDivision{"芳村区", 440100, 440103},
    FormerDivision{"通什市", 469000, 469001},
    FormerDivision{"万盛区", 500100, 500110}, FormerDivision{"双桥区", 500100, 500111},
    FormerDivision{"思茅市", 530800, 530800}, FormerDivision{"思茅地区", 530800, 530800},
    FormerDivision{"潞西市", 533100, 533103}, FormerDivision{"中甸县", 533400, 533401},
};
// clang-format on

}  // namespace dossier::catalog
