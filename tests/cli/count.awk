# Counts the sample exports by another route than the program's: awk -v as_of=DAY -v into=FOLDER -f count.awk FILE FILE
# writes into FOLDER/NAME.csv what `cbec query NAME --as-of DAY --format csv` is to print. An enterprise is one credit
# code; of what two files say of it, the later file's word counts.
BEGIN {
    split("北京 天津 上海 重庆", cities, " ")
    for (i in cities) long[cities[i]] = cities[i] "市"
    long["内蒙古"] = "内蒙古自治区"; long["西藏"] = "西藏自治区"; long["广西"] = "广西壮族自治区"
    long["宁夏"] = "宁夏回族自治区"; long["新疆"] = "新疆维吾尔自治区"
    split("在业 存续 开业 存续（在营、开业、在册）", words, " "); put_group("active")
    split("迁出 已迁出 已迁出企业", words, " "); put_group("moved_out")
    split("停业 歇业", words, " "); put_group("dormant")
    split("清算 清算中 正在注销", words, " "); put_group("winding_up")
    split("吊销 已吊销 吊销，未注销", words, " "); put_group("revoked")
    split("注销 已注销 吊销，已注销", words, " "); put_group("deregistered")
    split("31 28 31 30 31 30 31 31 30 31 30 31", month_days, " ")
}
function put_group(name,   i) { for (i in words) group[words[i]] = name; split("", words) }

# Cells of a line into cell[]; no cell of the samples holds a line break.
function cells_of(line,   n) {
    split("", cell)
    for (n = 1; line != ""; n++) {
        if (substr(line, 1, 1) == "\"") {
            match(line, /^"([^"]|"")*"/)
            cell[n] = substr(line, 2, RLENGTH - 2)
            gsub(/""/, "\"", cell[n])
            line = substr(line, RLENGTH + 2)
        } else if (match(line, /,/)) {
            cell[n] = substr(line, 1, RSTART - 1)
            line = substr(line, RSTART + 1)
        } else {
            cell[n] = line
            line = ""
        }
    }
}
FNR == 1 {
    sub(/^\357\273\277/, "")
    cells_of($0)
    split("", at)
    for (n in cell) at[cell[n]] = n
    code_at = at["统一社会信用代码"]; date_at = at["成立日期"]; province_at = at["所属省份"]
    status_at = ("经营状态" in at) ? at["经营状态"] : at["登记状态"]
    next
}
{
    if (index($0, "\"")) cells_of($0); else split($0, cell, ",")
    code = cell[code_at]
    founded[code] = cell[date_at]
    status[code] = cell[status_at]
    province[code] = (cell[province_at] in long) ? long[cell[province_at]] : cell[province_at]
    if (province[code] !~ /(省|市|区)$/) province[code] = province[code] "省"
}
# To one decimal, halves away from zero; nothing of nothing.
function percent(part, whole,   tenths, sign) {
    if (whole == 0) return ""
    sign = part < 0 ? "-" : ""
    tenths = int((2000 * (part < 0 ? -part : part) + whole) / (2 * whole))
    return (tenths ? sign : "") int(tenths / 10) "." tenths % 10
}
function is_leap(y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 }
function last_day(y, m) { return month_days[m] + (m == 2 && is_leap(y)) }
function day_of_year(day,   m, n) {
    n = substr(day, 9) + 0
    for (m = 1; m < substr(day, 6, 2) + 0; m++) n += last_day(substr(day, 1, 4), m)
    return n
}
function change(now, prior, prior_part, complete) {
    return complete ? percent(now - prior, prior) : percent(now - prior_part, prior_part)
}
END {
    this_year = substr(as_of, 1, 4) + 0
    this_month = substr(as_of, 1, 7)
    year_done = substr(as_of, 6) == "12-31"
    month_done = substr(as_of, 9) + 0 == last_day(this_year, substr(as_of, 6, 2) + 0)
    first = 9999
    for (code in founded) {
        day = founded[code]
        if (day > as_of) continue
        y = substr(day, 1, 4) + 0
        if (y < first) { first = y; first_month = day }
        if (day < first_month) first_month = day
        total++
        in_year[y]++
        if (substr(day, 6) <= substr(as_of, 6)) in_part_of_year[y]++
        in_month[substr(day, 1, 7)]++
        if (substr(day, 9) <= substr(as_of, 9)) in_part_of_month[substr(day, 1, 7)]++
        if (y == this_year) { here[province[code]]++; listed[province[code]] = 1 }
        if (y == this_year - 1) { there[province[code]]++; listed[province[code]] = 1 }
        if (!(status[code] in group)) { print "status not known here: " status[code]; exit 1 }
        of_status[group[status[code]]]++
    }
    now = in_year[this_year] + 0; prior = in_year[this_year - 1] + 0; part = in_part_of_year[this_year - 1] + 0

    out = into "/new_by_year.csv"
    print "year,new_registrations,prior_year_total,percent_of_prior_year,change_percent,complete" > out
    for (y = first; y <= this_year; y++) {
        done = y < this_year || year_done
        print y "," in_year[y] + 0 "," in_year[y - 1] + 0 "," percent(in_year[y] + 0, in_year[y - 1] + 0) "," \
            change(in_year[y] + 0, in_year[y - 1] + 0, in_part_of_year[y - 1] + 0, done) "," done > out
    }

    out = into "/year_to_date.csv"
    gone = day_of_year(as_of)
    print "as_of,year,new_registrations,prior_year_total,percent_of_prior_year,prior_year_same_period," \
        "change_percent,projected_year_total" > out
    print as_of "," this_year "," now "," prior "," percent(now, prior) "," part "," percent(now - part, part) "," \
        int(now / gone * (365 + is_leap(this_year)) + 0.5) > out

    out = into "/new_by_month.csv"
    print "month,new_registrations,same_month_prior_year,change_percent" > out
    y = first; m = substr(first_month, 6, 2) + 0
    while ((key = sprintf("%04d-%02d", y, m)) <= this_month) {
        before = sprintf("%04d-%02d", y - 1, m)
        print key "," in_month[key] + 0 "," in_month[before] + 0 "," change(in_month[key] + 0, in_month[before] + 0, \
            in_part_of_month[before] + 0, key < this_month || month_done) > out
        if (++m > 12) { m = 1; y++ }
    }

    # Most first, then by name.
    out = into "/new_by_province.csv"
    print "province,new_registrations,prior_year_total,percent_of_prior_year,share_percent" > out
    close(out)
    sorted = "sort -t, -k2,2nr -k1,1 >>" out
    for (p in listed)
        print p "," here[p] + 0 "," there[p] + 0 "," percent(here[p] + 0, there[p] + 0) "," percent(here[p] + 0, now) | sorted
    close(sorted)

    out = into "/stock_by_status.csv"
    print "status,enterprises,share_percent" > out
    close(out)
    sorted = "sort -t, -k2,2nr -k1,1 >>" out
    for (s in of_status) print s "," of_status[s] "," percent(of_status[s], total) | sorted
    close(sorted)
}
