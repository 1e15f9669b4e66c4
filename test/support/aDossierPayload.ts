/**
 * Synthetic messages of the national dossier exchange, written by us after the field list in research/formats.md §5.9: no person, number,
 * address or file in them exists. Everything that must never be kept contains `PERSONAL_MARK`, in every place where real messages have it.
 */
export const PERSONAL_MARK = 'RIENG-TU';

const personal = (what: string) => `${PERSONAL_MARK} ${what}`;

type Sent = Record<string, unknown>;

/** An item of `DongBoHoSoMC`: a dossier of Lâm Đồng at work, except for what the test names. */
export function aSentDossier(overrides: Sent = {}): Sent {
  return {
    MaHoSo: '000.00.05.H36-260609-0007', MaTTHC: '1.000001', TenTTHC: personal('procedure'), MaLinhVuc: 'LV01', TenLinhVuc: personal('field'),
    ChuHoSo: personal('name'), LoaiDoiTuong: '1', MaDoiTuong: personal('identity number'), LoaiDinhDanh: '1', SoDinhDanh: personal('identity number'),
    ThongTinKhac: JSON.stringify({ DiaChi: personal('address'), NgaySinh: personal('birthday') }), Email: personal('mail'), Fax: personal('fax'), SoDienThoai: personal('telephone'),
    DiaChi: personal('address'), TrichYeuHoSo: personal('abstract'),
    NgayTiepNhan: '20260609083000', NgayHenTra: '20260619170000', TrangThaiHoSo: '4', NgayTra: '', ThongTinTra: personal('returned to'), HinhThuc: '0',
    NgayKetThucXuLy: '', DonViXuLy: 'Đà Lạt', GhiChu: personal('note'), NoiNopHoSo: personal('place of filing'), KenhThucHien: '2', DuocThanhToanTrucTuyen: '0',
    HoSoCoThanhPhanSoHoa: '0', TaiKhoanDuocXacThucVoiVNeID: '1', ...sentPapers(), ...overrides,
  };
}

function sentPapers(): Sent {
  return {
    TaiLieuNop: [{
      TepDinhKemId: personal('file id'), TenTepDinhKem: personal('file'), IsDeleted: 'False', MaThanhPhanHoSo: 'TP01', DuongDanTaiTepTin: personal('link'),
      DuocSoHoa: '1', DuocLayTuKhoDMQG: '0', NguoiNop: { HoTen: personal('name'), GiayTo: [{ So: personal('identity number') }] },
    }],
    DanhSachLePhi: [{ TenPhiLePhi: personal('fee'), MaPhiLePhi: 'P01', HinhThucThu: '1', Gia: '50000', LoaiPhiLePhi: '1', NguoiNop: personal('payer') }],
    DanhSachTepDinhKemKhac: [{ TenGiayTo: personal('paper'), DuongDanTaiTepTin: personal('link') }],
    DanhSachHoSoBoSung: [{
      HoSoBoSungId: personal('id'), NguoiYeuCauBoSung: personal('officer'), NoiDungBoSung: personal('text'), NgayBoSung: '20260610090000', NguoiTiepNhanBoSung: personal('officer'),
      ThongTinTiepNhan: personal('text'), NgayTiepNhanBoSung: '20260611090000', TrangThaiBoSung: '1', DanhSachGiayToBoSung: [{ TenGiayTo: personal('paper') }], NgayHenTraTruoc: '20260619170000', NgayHenTraMoi: '',
    }],
    DanhSachGiayToKetQua: [{ TenGiayTo: personal('result'), MaThanhPhanHoSo: 'KQ01', GiayToId: personal('id'), DuongDanTepTinKetQua: personal('link'), SoHieuVanBan: personal('number') }],
  };
}

/** An item of `CapNhatTienDoHoSoMC`: a step of the same dossier. */
export function aSentStep(overrides: Sent = {}): Sent {
  return {
    MaHoSo: '000.00.05.H36-260609-0007', NguoiXuLy: personal('officer'), ChucDanh: personal('title'), ThoiDiemXuLy: '2026-06-12 10:15:00', PhongBanXuLy: personal('department'),
    NoiDungXuLy: personal('text'), TrangThai: '9', NgayBatDau: '2026-06-12 08:00:00', NgayKetThucTheoQuyDinh: '2026-06-19 17:00:00', GhiChu: personal('note'), ...overrides,
  };
}

export type DossierService = 'DongBoHoSoMC' | 'CapNhatTienDoHoSoMC';

/** A whole body. The session is marked too: it is a credential of another system. */
export function aDossierPayload(data: readonly unknown[] = [aSentDossier()], service: DossierService = 'DongBoHoSoMC'): Sent {
  return { session: personal('session'), service, isUpdating: 'False', data };
}
