"""Words for one side of a contract, as clauses name it in the running text."""

SIDE = (
    r"(?:[甲乙丙丁]方|(?:出租|承租|出卖|买受|出售|购买|买|卖|供应|供|需|采购|购货|销货|委托|受托|发包|承包|分包"
    r"|总包|贷款|借款|出借|许可|被许可"
    r"|服务|转让|受让|定作|承揽|托运|承运|保管|寄存|存货|聘用|受聘|披露|接收|投资|合作|开发|特许|加盟|建设|施工"
    r"|用人|管理|代理|被代理|租赁"
    r"|经营|组织|主办|保证|抵押)(?:方|人|单位|者|商)"
    r"|(?:本|我|该|贵)(?:公司|司|店|行|平台|网站|机构|中心|方|单位)|公司|平台|网站|酒店|健身房|银行|物业|学校"
    r"|医院|业主|开发商|运营商|经销商"
    r"|雇主|雇员|劳动者|员工|用户|客户|会员|消费者|商家)"
)
"""A pattern for folded text."""
EN_SIDE = (
    r"(?-i:(?:the )?(?:Company|Licensor|Licensee|Supplier|Seller|Buyer|Customer|Client|Landlord|Lessor|Tenant"
    r"|Lessee|Provider|Distributor"
    r"|Franchisor|Employer|Vendor|Manufacturer|Sponsor|Purchaser|Contractor|Owner|Party [AB]|Lender|Borrower"
    r"|Service Provider|Consultant"
    r"|Agent|Operator)|\b[Ww]e\b|\b[A-Z][A-Z&.]{2,}\b)"
)
